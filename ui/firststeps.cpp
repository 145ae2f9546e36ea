#include "ui/firststeps.h"

#include "ui/models/helptext.h"
#include "ui/qr/qrview.h"
#include "ui/settings.h"
#include "ui/widgets/tone.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

namespace odin {

namespace {

constexpr int widthPixels = 640;
const QString shownKey = QStringLiteral("firstSteps/shown");

QString simulation(const GatewaySnapshot &snapshot)
{
    if (!snapshot.simulated)
        return QStringLiteral("No price is simulated: what clients see comes from your publishers.");
    const auto tokens = snapshot.simulator ? snapshot.simulator->tokens.size() : 0;
    const auto what =
        tokens > 0 ? QStringLiteral("The prices of %1 tokens are").arg(tokens) : QStringLiteral("Prices are");
    return what
        + QStringLiteral(" simulated by this program. Page and console say SIMULATED as long as that is so; "
                         "the switches on the dashboard turn each token on and off.");
}

} // namespace

bool FirstSteps::isDue() { return !consoleSettings().value(shownKey).toBool(); }

void FirstSteps::remember() { consoleSettings().setValue(shownKey, true); }

FirstSteps::FirstSteps(QWidget *parent)
    : QDialog(parent),
      m_address(new QPushButton(this)),
      m_copy(new QPushButton(QStringLiteral("Copy"), this)),
      m_code(new QrView(this))
{
    setWindowTitle(QStringLiteral("First steps"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    setFixedWidth(widthPixels);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 16);
    column->setSpacing(8);
    addText(*column, "value")->setText(QStringLiteral("The gateway runs. Open its page:"));
    column->addLayout(makeAddress());
    column->addSpacing(8);
    addText(*column, "title")->setText(QStringLiteral("What you see there"));
    m_simulated = addText(*column, "body");
    column->addSpacing(8);
    addText(*column, "title")->setText(QStringLiteral("Real prices"));
    addText(*column, "body")
        ->setText(QStringLiteral(
            "Start without the simulation and ask for the way to the private NATS server; then publish:"));
    addText(*column, "code")->setText(publisherLines());
    column->addSpacing(8);
    column->addLayout(makeButtons());
}

QLabel *FirstSteps::addText(QVBoxLayout &column, const char *role)
{
    auto *label = makeLabel(role, Tone::Normal, this);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column.addWidget(label);
    return label;
}

QLayout *FirstSteps::makeAddress()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(m_code, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout;
    column->setSpacing(8);
    auto *line = new QHBoxLayout;
    m_address->setProperty("role", QStringLiteral("link"));
    m_address->setCursor(Qt::PointingHandCursor);
    line->addWidget(m_address);
    line->addWidget(m_copy);
    line->addStretch();
    column->addLayout(line);
    m_who = addText(*column, "body");
    setTone(m_who, Tone::Muted);
    column->addStretch();
    row->addLayout(column, 1);
    m_copy->setAccessibleName(QStringLiteral("Copy the address"));
    connect(m_address, &QPushButton::clicked, this, [this] { QDesktopServices::openUrl(QUrl(m_address->text())); });
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_address->text()); });
    return row;
}

QLayout *FirstSteps::makeButtons()
{
    auto *row = new QHBoxLayout;
    auto *hint = makeLabel("body", Tone::Muted, this);
    hint->setText(QStringLiteral("Again at any time: menu Help, First steps."));
    row->addWidget(hint);
    row->addStretch();
    auto *begin = new QPushButton(QStringLiteral("Begin"), this);
    begin->setAccessibleName(QStringLiteral("Close the first steps"));
    begin->setDefault(true);
    begin->setFocus();
    row->addWidget(begin);
    connect(begin, &QPushButton::clicked, this, &QDialog::close);
    return row;
}

void FirstSteps::present(const GatewaySnapshot &snapshot)
{
    const auto &page = snapshot.addresses.page;
    m_simulated->setText(simulation(snapshot));
    if (m_address->text() == page && !page.isEmpty())
        return;
    m_address->setText(page);
    m_address->setAccessibleName(QStringLiteral("Open %1 in a browser").arg(page));
    m_address->setVisible(!page.isEmpty());
    m_copy->setVisible(!page.isEmpty());
    m_who->setText(whoCanOpen(page));
    m_code->setText(page);
}

} // namespace odin
