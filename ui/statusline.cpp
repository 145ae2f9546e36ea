#include "ui/statusline.h"

#include "ui/models/format.h"
#include "ui/widgets/tone.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

namespace odin {

namespace {

using namespace std::chrono_literals;

const QString copyHint = QStringLiteral("(click to copy)");

QString captioned(const QString &caption, const QString &value)
{
    return value.isEmpty() ? QString() : caption + u' ' + value;
}

} // namespace

StatusLine::StatusLine(QWidget *parent)
    : QStatusBar(parent),
      m_pageCaption(makeLabel("status", Tone::Muted, this)),
      m_page(new QPushButton(this)),
      m_pageHint(makeLabel("status", Tone::Muted, this)),
      m_admin(makeLabel("status", Tone::Muted, this)),
      m_bus(makeLabel("status", Tone::Muted, this)),
      m_cost(makeLabel("status", Tone::Muted, this))
{
    setSizeGripEnabled(false);
    m_pageCaption->setText(QStringLiteral("Page"));
    m_page->setProperty("role", QStringLiteral("link"));
    m_page->setCursor(Qt::PointingHandCursor);
    m_pageHint->setText(copyHint);
    m_pageHint->setContentsMargins(0, 0, 16, 0);
    m_admin->setContentsMargins(0, 0, 16, 0);
    for (auto *widget : std::initializer_list<QWidget *>{m_pageCaption, m_page, m_pageHint, m_admin, m_bus})
        addWidget(widget);
    auto *version = makeLabel("status", Tone::Muted, this);
    version->setText(QStringLiteral(ODIN_VERSION));
    addPermanentWidget(m_cost);
    addPermanentWidget(version);
    connect(m_page, &QPushButton::clicked, this, &StatusLine::copyPage);
}

void StatusLine::present(const GatewaySnapshot &snapshot)
{
    const auto &page = snapshot.addresses.page;
    for (auto *widget : std::initializer_list<QWidget *>{m_pageCaption, m_page, m_pageHint})
        widget->setVisible(!page.isEmpty());
    m_page->setText(page);
    m_page->setAccessibleName(QStringLiteral("Copy the page's address ") + page);
    m_admin->setText(captioned(QStringLiteral("Admin"), snapshot.addresses.admin));
    m_bus->setText(captioned(QStringLiteral("NATS"), snapshot.upstream.url));
    m_cost->setText(
        QStringLiteral("Gateway %1 CPU   %2")
            .arg(formatPercent(snapshot.cpuPercent), formatBytes(static_cast<double>(snapshot.residentBytes))));
}

void StatusLine::say(const QString &sentence)
{
    constexpr std::chrono::milliseconds shown = 6s;
    showMessage(sentence, static_cast<int>(shown.count()));
}

void StatusLine::copyPage()
{
    QGuiApplication::clipboard()->setText(m_page->text());
    m_pageHint->setText(QStringLiteral("copied"));
    QTimer::singleShot(2s, m_pageHint, [this] { m_pageHint->setText(copyHint); });
}

} // namespace odin
