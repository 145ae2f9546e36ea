#include "ui/pages/loadtestform.h"

#include "core/model/limits.h"
#include "ui/settings.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QUrl>

namespace odin {

namespace {

constexpr int addressPixels = 260;
constexpr int rampPixels = 190;
constexpr int numberPixels = 84;
constexpr int gapPixels = 16; // between what belongs together and the rest

const QString settingsKey = QStringLiteral("loadtest/");
const QString everybodyReads = QStringLiteral("normal=100");
const QString mixed = QStringLiteral("normal=80,slow=5,reconnect=5,random=5,idle=5");

/// -1 is shown as "any": not judged.
std::optional<int> mostIn(const QSpinBox *box) { return box->value() < 0 ? std::nullopt : std::optional(box->value()); }

void bound(QSpinBox *box, int least, int most, int value)
{
    box->setRange(least, most);
    box->setValue(value);
}

} // namespace

LoadTestForm::LoadTestForm(QWidget *parent) : Card(QStringLiteral("Plan"), parent)
{
    addRows();
    bound(m_first, 1, limits::loadTestClientsMax, 100);
    bound(m_most, 1, limits::loadTestClientsMax, limits::loadTestClientsMax);
    bound(m_tolerance, 1, 50, 5);
    bound(m_hold, 1, static_cast<int>(limits::loadTestHoldMsMax.count() / 1000), 30);
    bound(m_connects, 0, 100'000, 0);
    m_connects->setSpecialValueText(QStringLiteral("fastest"));
    for (auto *box : {m_p50, m_p99, m_lost, m_dropped, m_refused}) {
        bound(box, -1, 1'000'000, 0);
        box->setSpecialValueText(QStringLiteral("any"));
        box->setToolTip(QStringLiteral("At most so much; below 0: any"));
    }
    const LoadTestPlan usual;
    m_p50->setValue(*usual.limits.p50Ms);
    m_p99->setValue(*usual.limits.p99Ms);
    m_ramp->setText(rampText(usual.ramp));
    connect(m_url, &QLineEdit::textChanged, this, &LoadTestForm::matchAdmin);
    restore();
    setKind(m_kind);
}

void LoadTestForm::addRows()
{
    const auto beginRow = [this] {
        auto *row = new QWidget(this);
        m_row = new QHBoxLayout(row);
        m_row->setContentsMargins(0, 2, 0, 4);
        m_row->setSpacing(8);
        addContent(row, 0);
    };
    const auto milliseconds = QStringLiteral(" ms");
    beginRow();
    m_url = addText(QStringLiteral("Target"), QStringLiteral("WebSocket address of the gateway to be tested"),
                    addressPixels);
    m_admin = addText(QStringLiteral("Its admin address, for CPU and memory"),
                      QStringLiteral("Admin address of that gateway"), addressPixels);
    m_mix = new ChoiceBar(QStringLiteral("Clients"), {QStringLiteral("All keep up"), QStringLiteral("Mixed")}, this);
    m_mix->setToolTip(
        QStringLiteral("Mixed: of 100 clients 5 are slow, 5 reconnect, 5 change what they want, 5 are idle"));
    place(m_mix, QStringLiteral("Behaviour"));
    m_row->addStretch();
    beginRow();
    m_ramp = addText(QStringLiteral("Clients, step by step"), QStringLiteral("Clients of each step"), rampPixels);
    m_first = addNumber(QStringLiteral("first"), QStringLiteral("Clients from"),
                        QStringLiteral("Clients of the first probe"), {});
    m_most = addNumber(QStringLiteral("most"), QStringLiteral("to"), QStringLiteral("Most clients of a probe"), {});
    m_tolerance = addNumber(QStringLiteral("tolerance"), QStringLiteral("to within"),
                            QStringLiteral("Tolerance of the capacity in percent"), QStringLiteral(" %"));
    m_hold = addNumber(QStringLiteral("hold"), QStringLiteral("Hold"),
                       QStringLiteral("Seconds for which each step is held"), QStringLiteral(" s"));
    m_connects = addNumber(QStringLiteral("connects"), QStringLiteral("Connects"),
                           QStringLiteral("Connects per second"), QStringLiteral(" /s"));
    m_row->addSpacing(gapPixels);
    m_p50 = addNumber(QStringLiteral("p50"), QStringLiteral("p50 at most"),
                      QStringLiteral("Limit of the median latency in milliseconds"), milliseconds);
    m_p99 = addNumber(QStringLiteral("p99"), QStringLiteral("p99 at most"),
                      QStringLiteral("Limit of the 99th percentile in milliseconds"), milliseconds);
    m_lost = addNumber(QStringLiteral("lost"), QStringLiteral("Lost"), QStringLiteral("Limit of lost updates"), {});
    m_dropped = addNumber(QStringLiteral("dropped"), QStringLiteral("Dropped"),
                          QStringLiteral("Limit of dropped connections"), {});
    m_refused = addNumber(QStringLiteral("refused"), QStringLiteral("Refused"),
                          QStringLiteral("Limit of refused connections"), {});
    m_row->addStretch();
}

QLineEdit *LoadTestForm::addText(const QString &caption, const QString &accessibleName, int widthPixels)
{
    auto *field = new QLineEdit(this);
    field->setAccessibleName(accessibleName);
    field->setFixedWidth(widthPixels);
    connect(field, &QLineEdit::textChanged, this, &LoadTestForm::changed);
    connect(field, &QLineEdit::returnPressed, this, &LoadTestForm::confirmed);
    place(field, caption);
    return field;
}

QSpinBox *LoadTestForm::addNumber(const QString &key, const QString &caption, const QString &accessibleName,
                                  const QString &unit)
{
    auto *field = new QSpinBox(this);
    field->setAccessibleName(accessibleName);
    field->setFixedWidth(numberPixels);
    field->setSuffix(unit);
    field->setAlignment(Qt::AlignRight);
    field->setButtonSymbols(QAbstractSpinBox::NoButtons);
    field->setGroupSeparatorShown(true);
    connect(field, &QSpinBox::valueChanged, this, &LoadTestForm::changed);
    m_numbers.push_back({key, field});
    place(field, caption);
    return field;
}

void LoadTestForm::place(QWidget *field, const QString &caption)
{
    auto *frame = new QWidget(this);
    frame->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto *label = makeLabel("caption", Tone::Muted, frame);
    label->setText(caption);
    column->addWidget(label);
    column->addWidget(field);
    m_row->addWidget(frame, 0, Qt::AlignBottom);
}

void LoadTestForm::setKind(LoadTestKind kind)
{
    m_kind = kind;
    const bool isRamp = kind == LoadTestKind::Ramp;
    m_ramp->parentWidget()->setVisible(isRamp);
    for (auto *field : {m_first, m_most, m_tolerance})
        field->parentWidget()->setVisible(!isRamp);
    Q_EMIT changed();
}

void LoadTestForm::offer(const GatewayAddresses &own)
{
    const bool isUrlOurs = m_url->text() == m_ownUrl;
    const bool isAdminOurs = m_admin->text() == m_ownAdmin;
    m_ownUrl = own.ws;
    m_ownAdmin = own.admin;
    if (isUrlOurs)
        m_url->setText(m_ownUrl);
    if (isAdminOurs)
        m_admin->setText(m_ownAdmin);
}

/// This gateway's CPU must not be taken for that of another.
void LoadTestForm::matchAdmin()
{
    const bool isOwn = QUrl(m_url->text()).authority() == QUrl(m_ownUrl).authority();
    if (!isOwn && m_admin->text() == m_ownAdmin)
        m_admin->clear();
    else if (isOwn && m_admin->text().isEmpty())
        m_admin->setText(m_ownAdmin);
}

Result<LoadTestPlan> LoadTestForm::plan() const
{
    LoadTestPlan plan{.url = m_url->text().trimmed(),
                      .admin = m_admin->text().trimmed(),
                      .ramp = {m_most->value()},
                      .hold = std::chrono::seconds(m_hold->value()),
                      .connectsPerSecond = m_connects->value(),
                      .mix = m_mix->chosen() == 0 ? everybodyReads : mixed,
                      .limits = {mostIn(m_p50), mostIn(m_p99), mostIn(m_lost), mostIn(m_dropped), mostIn(m_refused)}};
    if (m_kind == LoadTestKind::Ramp) {
        auto ramp = rampOf(m_ramp->text());
        if (!ramp)
            return ramp.error();
        plan.ramp = std::move(ramp.value());
    }
    const auto good = checked(plan);
    return good ? Result<LoadTestPlan>(plan) : Result<LoadTestPlan>(good.error());
}

Result<CapacityPlan> LoadTestForm::search() const
{
    if (m_first->value() > m_most->value())
        return Error{QStringLiteral("A search goes from fewer clients to more.")};
    const bool isJudged = m_p50->value() >= 0 || m_p99->value() >= 0 || m_lost->value() >= 0 || m_dropped->value() >= 0;
    if (!isJudged)
        return Error{QStringLiteral("A search needs a limit: how late may an update be?")};
    return CapacityPlan{.first = m_first->value(), .most = m_most->value(), .tolerance = m_tolerance->value() / 100.0};
}

void LoadTestForm::remember() const
{
    auto settings = consoleSettings();
    for (const auto &number : m_numbers)
        settings.setValue(settingsKey + number.key, number.box->value());
    settings.setValue(settingsKey + QStringLiteral("ramp"), m_ramp->text());
}

void LoadTestForm::restore()
{
    const auto settings = consoleSettings();
    for (const auto &number : m_numbers)
        number.box->setValue(settings.value(settingsKey + number.key, number.box->value()).toInt());
    m_ramp->setText(settings.value(settingsKey + QStringLiteral("ramp"), m_ramp->text()).toString());
}

} // namespace odin
