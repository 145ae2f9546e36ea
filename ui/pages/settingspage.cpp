#include "ui/pages/settingspage.h"

#include "core/flow/operatorport.h"
#include "ui/pages/settingeditor.h"
#include "ui/pages/settingsdelegate.h"
#include "ui/settings.h"
#include "ui/theme.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicebar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/tone.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>

#include <array>

namespace odin {

namespace {

constexpr std::array themes{ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::System};
constexpr std::array columnPixels{110, 190, 180, 110, 140};

int placeOf(ThemeChoice choice) { return static_cast<int>(std::ranges::find(themes, choice) - themes.begin()); }

} // namespace

SettingsPage::SettingsPage(OperatorPort &gateway, QWidget *parent)
    : Page(QStringLiteral("Settings"), parent),
      m_gateway(gateway),
      m_search(new QLineEdit(this)),
      m_problem(new Banner(this)),
      m_files(new Banner(this)),
      m_theme(new ChoiceBar(QStringLiteral("Theme"),
                            {QStringLiteral("Dark"), QStringLiteral("Light"), QStringLiteral("System")}, this)),
      m_table(new DataTable(QStringLiteral("Settings"), QStringLiteral("settings/columns"), this)),
      m_editor(new SettingEditor(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(12);
    column->addLayout(makeHeading());
    column->addWidget(m_files);
    column->addWidget(m_problem);
    column->addWidget(makeConsoleCard());
    column->addWidget(makeGatewayCard(), 1);
    connect(m_editor, &SettingEditor::changeAsked, this, &SettingsPage::change);
    connect(m_table, &DataTable::failed, this,
            [this](const QString &problem) { m_problem->say(QStringLiteral("Export"), problem, Tone::Bad); });
    read();
}

QLayout *SettingsPage::makeHeading()
{
    auto *row = new QHBoxLayout;
    auto *heading = makeLabel("value", Tone::Normal, this);
    heading->setText(windowTitle());
    row->addWidget(heading);
    row->addStretch();
    m_search->setPlaceholderText(QStringLiteral("Search"));
    m_search->setAccessibleName(QStringLiteral("Show settings with this text"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(200);
    connect(m_search, &QLineEdit::textChanged, &m_found, &QSortFilterProxyModel::setFilterFixedString);
    row->addWidget(m_search);
    return row;
}

QWidget *SettingsPage::makeConsoleCard()
{
    auto *card = new Card(QStringLiteral("This console"), this);
    auto *row = new QWidget(card);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto *caption = makeLabel("body", Tone::Normal, row);
    caption->setText(QStringLiteral("Theme"));
    layout->addWidget(caption);
    layout->addWidget(m_theme);
    layout->addSpacing(24);
    auto *reset = new QPushButton(QStringLiteral("Reset the layout"), row);
    reset->setAccessibleName(reset->text());
    reset->setToolTip(QStringLiteral("Size of the window and columns of all tables, as in a new console"));
    connect(reset, &QPushButton::clicked, this, &SettingsPage::layoutResetAsked);
    layout->addWidget(reset);
    layout->addStretch();
    card->addContent(row, 0);
    m_theme->choose(placeOf(currentTheme()));
    connect(m_theme, &ChoiceBar::choiceChanged, this, [](int place) {
        if (const auto choice = themes[static_cast<std::size_t>(place)]; choice != currentTheme())
            chooseTheme(choice);
    });
    return card;
}

QWidget *SettingsPage::makeGatewayCard()
{
    auto *card = new Card(QStringLiteral("Gateway"), this);
    auto *menu = new QPushButton(QStringLiteral("Table"), card);
    menu->setProperty("role", QStringLiteral("small"));
    menu->setMenu(m_table->menu());
    card->addControl(menu);
    prepareTable();
    card->addContent(m_table);
    card->addContent(m_editor, 0);
    return card;
}

void SettingsPage::prepareTable()
{
    m_found.setSourceModel(&m_model);
    m_found.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found.setFilterKeyColumn(-1); // in any of them
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegate(new SettingsDelegate(m_table));
    m_table->sortByColumn(-1, Qt::AscendingOrder); // as --help has them, until a header is clicked
    m_table->setModel(&m_found);
    for (std::size_t column = 0; column < columnPixels.size(); ++column)
        m_table->setColumnWidth(static_cast<int>(column), columnPixels[column]);
    m_table->showModel(m_found);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &SettingsPage::showChosen);
    connect(m_table, &QAbstractItemView::activated, m_editor, &SettingEditor::takeFocus);
}

void SettingsPage::present(const SnapshotPtr &, const GatewayHistory &)
{
    m_theme->choose(placeOf(currentTheme()));
    read();
}

void SettingsPage::read()
{
    const auto listing = m_gateway.settings();
    m_model.setListing(listing);
    const auto problem = listing->problem.isEmpty() ? consoleSettingsProblem() : listing->problem;
    m_files->say(QStringLiteral("Settings file"), problem, Tone::Warning);
    showChosen();
}

void SettingsPage::showChosen() { m_editor->show(m_model.row(m_found.mapToSource(m_table->currentIndex()).row())); }

void SettingsPage::change(const QString &name, const std::optional<QString> &value)
{
    const auto changed = m_gateway.changeSetting(name, value);
    m_problem->say(QStringLiteral("Not changed"), changed ? QString() : changed.error().text, Tone::Bad);
    read();
}

} // namespace odin
