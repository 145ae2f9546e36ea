// bench-clientspage: the page of clients with 19,000 rows, of which 1,000 a second go and as many come. Prints how long
// the window's thread was busy at a time, as JSON. Arguments: seconds, clients, changes a second. Thread: main, the
// directory's and the churn's own. Owner: main().
#include "core/stats/clientdirectory.h"
#include "tests/ui/fakegateway.h"
#include "ui/mainwindow.h"
#include "ui/theme.h"

#include <QApplication>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>

namespace {

using namespace odin;
using std::chrono::steady_clock;

/// Clients that come and go by the clock; answers on the asking thread, which is the directory's.
class Churn final : public ClientSource
{
public:
    Churn(int clients, int changesPerSecond) : m_changesPerSecond(changesPerSecond)
    {
        while (int(m_rows.size()) < clients)
            m_rows.push_back(newClient());
    }

    void listClients(RowsAnswer answer) override
    {
        const auto now = steady_clock::now();
        const auto changes = std::chrono::duration<double>(now - m_at).count() * m_changesPerSecond;
        m_at = now;
        for (int i = 0; i < int(std::min(changes, 1e5)); ++i)
            m_rows[m_random() % m_rows.size()] = newClient();
        for (auto &row : m_rows)
            row.outPerSecond = double(m_random() % 1000) / 10;
        answer(std::make_shared<std::vector<ClientRow>>(m_rows));
    }
    void readClient(const QByteArray &, DetailsAnswer answer) override { answer({}); }
    void disconnectClient(const QByteArray &, FoundAnswer answer) override { answer(false); }
    void limitClient(const QByteArray &, std::optional<double>, FoundAnswer answer) override { answer(false); }

private:
    ClientRow newClient()
    {
        ClientRow row;
        row.ordinal = ++m_made;
        row.id = "0123456789abc-0-" + QByteArray::number(m_made);
        row.address = "10.0." + QByteArray::number(m_made % 251) + '.' + QByteArray::number(m_made % 241);
        row.port = quint16(m_made);
        row.sinceMs = wallMs();
        row.tokens = "*";
        row.tokenCount = allTokens;
        return row;
    }

    const int m_changesPerSecond;
    std::vector<ClientRow> m_rows;
    std::mt19937 m_random{1};
    quint64 m_made = 0;
    steady_clock::time_point m_at = steady_clock::now();
};

class BusyGateway final : public FakeGateway
{
public:
    BusyGateway(int clients, int changes) : m_churn(clients, changes) { m_directory.watch({&m_churn}); }
    ~BusyGateway() override { m_directory.stop(); }
    ClientListingPtr clients(const ClientQuery &query) override
    {
        ++clientsAsked;
        return m_directory.clients(query);
    }

private:
    Churn m_churn;
    ClientDirectory m_directory;
};

/// CPU time of this thread: on a machine that others use the clock on the wall measures them.
double cpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// What ran between two timers of no time, which is what a click would have waited for.
class Blocks : public QObject
{
public:
    Blocks() { startTimer(0); }
    void timerEvent(QTimerEvent *) override
    {
        const double now = cpuMs();
        m_ms.push_back(now - std::exchange(m_last, now));
    }
    double longest() const { return m_ms.empty() ? 0 : *std::ranges::max_element(m_ms); }
    std::ptrdiff_t longerThan(double ms) const
    {
        return std::ranges::count_if(m_ms, [ms](double block) { return block > ms; });
    }
    void clear() { m_ms.clear(); }

private:
    double m_last = cpuMs();
    std::vector<double> m_ms;
};

QTableView *tableNamed(const QWidget &window, const QString &name)
{
    for (auto *table : window.findChildren<QTableView *>()) {
        if (table->accessibleName() == name)
            return table;
    }
    return nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    const auto number = [&](int index, int otherwise) {
        return argc > index ? std::max(1, std::atoi(argv[index])) : otherwise;
    };
    const int seconds = number(1, 20);
    const int clients = number(2, 19'000);
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
    applyTheme(ThemeChoice::Dark);
    BusyGateway gateway(clients, number(3, 1'000));
    MainWindow window(gateway);
    window.show();
    for (auto *button : window.findChildren<QPushButton *>()) {
        if (button->accessibleName() == QStringLiteral("Clients"))
            button->click();
    }
    auto *table = tableNamed(window, QStringLiteral("Clients"));
    QTimer snapshots, scrolling;
    QObject::connect(&snapshots, &QTimer::timeout, [&] { gateway.say(gateway.next()); });
    snapshots.start(1000);
    QObject::connect(&scrolling, &QTimer::timeout, [&] { // from the top to the end and back, all the time
        auto *bar = table->verticalScrollBar();
        static int step = 997;
        if (bar->value() + step > bar->maximum() || bar->value() + step < 0)
            step = -step;
        bar->setValue(bar->value() + step);
    });
    scrolling.start(33);
    Blocks blocks;
    QTimer::singleShot(2000, [&] { blocks.clear(); }); // the window has come up
    QTimer::singleShot(2000 + seconds * 1000, qApp, &QCoreApplication::quit);
    QApplication::exec();
    std::printf("{\"clients\": %d, \"seconds\": %d, \"longestMs\": %.1f, \"over16Ms\": %td, \"over50Ms\": %td}\n",
                clients, seconds, blocks.longest(), blocks.longerThan(16), blocks.longerThan(50));
    return 0;
}
