// ClientCard: everything about one client, and what can be done to it.
// Thread: main. Owner: ClientsPage.
#pragma once

#include "core/model/client.h"
#include "ui/models/framesmodel.h"
#include "ui/widgets/card.h"

class QDoubleSpinBox;
class QGridLayout;
class QPushButton;

namespace odin {

class DataTable;

class ClientCard final : public Card
{
    Q_OBJECT
public:
    explicit ClientCard(QWidget *parent = nullptr);

    /// Another client was chosen; nothing is known of it yet.
    void choose(const QByteArray &id);
    void present(const ClientDetails &client);

Q_SIGNALS:
    void disconnectAsked();
    /// Updates a second of each token; nothing: no limit.
    void limitAsked(std::optional<double> maxHz);
    void closed();
    /// Of an export.
    void failed(const QString &problem);

private:
    void addActions();
    QWidget *makeFacts();
    QWidget *makeFrames();
    void showFrames(const std::vector<SentFrame> &frames);

    FramesModel m_frames;
    QByteArray m_id;

    QLabel *m_name;
    QLabel *m_subscription;
    QList<QLabel *> m_facts;
    QDoubleSpinBox *m_rate;
    QPushButton *m_slowDown;
    QPushButton *m_freely;
    QPushButton *m_disconnect;
    DataTable *m_table;
    QLabel *m_noFrames;
};

} // namespace odin
