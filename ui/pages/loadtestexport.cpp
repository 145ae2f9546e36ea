// What LoadTestPage writes into files.
#include "ui/models/savefile.h"
#include "ui/pages/loadtestpage.h"
#include "ui/widgets/banner.h"

#include <QFileDialog>
#include <QJsonDocument>
#include <QMenu>

namespace odin {

QMenu *LoadTestPage::makeExports()
{
    auto *menu = new QMenu(this);
    addExport(menu, Export::ReportPage, QStringLiteral("Report as a page…"));
    addExport(menu, Export::ReportJson, QStringLiteral("Report as JSON…"));
    menu->addSeparator();
    addExport(menu, Export::CertificatePage, QStringLiteral("Certificate as a page…"));
    addExport(menu, Export::CertificateJson, QStringLiteral("Certificate as JSON…"));
    return menu;
}

void LoadTestPage::addExport(QMenu *menu, Export what, const QString &text)
{
    m_exports.emplace_back(what, menu->addAction(text, this, [this, what] { chooseFile(what); }));
}

bool LoadTestPage::has(Export what) const
{
    const bool isOfReport = what == Export::ReportJson || what == Export::ReportPage;
    return isOfReport ? m_test.result() != nullptr : m_test.certificate() != nullptr;
}

QByteArray LoadTestPage::textOf(Export what) const
{
    switch (what) {
    case Export::ReportJson: return m_test.result()->report;
    case Export::ReportPage: return m_test.result()->html.toUtf8();
    case Export::CertificateJson: return QJsonDocument(certificateJson(*m_test.certificate())).toJson();
    case Export::CertificatePage: break;
    }
    return certificateHtml(*m_test.certificate()).toUtf8();
}

QString LoadTestPage::nameOf(Export what) const
{
    switch (what) {
    case Export::ReportJson: return QStringLiteral("load-test.json");
    case Export::ReportPage: return QStringLiteral("load-test.html");
    case Export::CertificateJson: return certificateName(*m_test.certificate()) + QStringLiteral(".json");
    case Export::CertificatePage: break;
    }
    return certificateName(*m_test.certificate()) + QStringLiteral(".html");
}

void LoadTestPage::chooseFile(Export what)
{
    auto *dialog = new QFileDialog(this, QStringLiteral("Export"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(nameOf(what));
    connect(dialog, &QFileDialog::fileSelected, this, [this, what](const QString &path) { exportTo(what, path); });
    dialog->open();
}

void LoadTestPage::exportTo(Export what, const QString &path)
{
    if (!has(what))
        return; // a test was started meanwhile
    if (const auto written = saveFile(path, textOf(what)); !written)
        m_banner->say(QStringLiteral("Export"), written.error().text, Tone::Bad);
}

} // namespace odin
