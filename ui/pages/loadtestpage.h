// LoadTestPage: puts load on a gateway, by a swarm that runs beside the console, and judges what comes of it; finds how
// many clients a gateway carries. Thread: main. Owner: MainWindow. With it the test under way ends.
#pragma once

#include "ui/models/loadtest.h"
#include "ui/pages/loadtestform.h"
#include "ui/pages/page.h"

class QAction;
class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;

namespace odin {

class Banner;
class ChoiceBar;
class DataTable;
class LoadTestCharts;

class LoadTestPage final : public Page
{
    Q_OBJECT
public:
    /// `program`: the load tester; `certificates`: the folder for what a search finds.
    explicit LoadTestPage(const QString &program = loadTestProgram(), QString certificates = certificateFolder(),
                          QWidget *parent = nullptr);

    void present(const SnapshotPtr &snapshot, const GatewayHistory &history) override;

    const LoadTest &test() const { return m_test; }

    enum class Export { ReportJson, ReportPage, CertificateJson, CertificatePage };
    /// Whole or not at all; a failure is said on the page.
    void exportTo(Export what, const QString &path);

private:
    QLayout *makeHeading();
    QWidget *makeProgress();
    QWidget *makeSteps();
    QMenu *makeExports();
    void addExport(QMenu *menu, Export what, const QString &text);

    void start();
    void begin(const LoadTestPlan &plan);
    void askAbout(const LoadTestPlan &plan, const QStringList &doubts);
    void report(const LoadTestOutcome &outcome);
    void certify(LoadTestOutcome &outcome);
    void refresh();
    void draw();
    void enableButtons();
    QString offer() const;
    void chooseFile(Export what);
    bool has(Export what) const;
    QByteArray textOf(Export what) const;
    QString nameOf(Export what) const;
    LoadTestKind kind() const;

    const QString m_certificates;
    LoadTest m_test;
    SnapshotPtr m_snapshot; ///< as last presented

    ChoiceBar *m_kind;
    QPushButton *m_start;
    QPushButton *m_stop;
    Banner *m_banner;
    LoadTestForm *m_form;
    QProgressBar *m_progress;
    QLabel *m_sentence;
    LoadTestCharts *m_charts;
    DataTable *m_table;
    QLabel *m_empty;
    QPushButton *m_export;
    std::vector<std::pair<Export, QAction *>> m_exports;
};

} // namespace odin
