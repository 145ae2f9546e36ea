// The swarm's reader of frames: whole frames however the bytes are cut, and no mercy for bytes that no server may send.
#include "simulator/swarm/framereader.h"

#include <QTest>

#include <optional>
#include <vector>

using namespace odin::swarm;

namespace {

struct Seen
{
    Opcode opcode;
    std::string payload;
    bool operator==(const Seen &) const = default;
};

std::string header(std::uint8_t first, std::uint64_t length, bool isMasked = false)
{
    std::string bytes{char(first)};
    const auto put = [&bytes](std::uint64_t value, int size) {
        for (int i = size - 1; i >= 0; --i)
            bytes += char(value >> (8 * i));
    };
    const std::uint8_t mask = isMasked ? 0x80 : 0;
    if (length < 126) {
        put(mask | length, 1);
    } else if (length < 65536) {
        put(mask | 126u, 1);
        put(length, 2);
    } else {
        put(mask | 127u, 1);
        put(length, 8);
    }
    return bytes;
}

std::string frame(std::uint8_t first, const std::string &payload) { return header(first, payload.size()) + payload; }

// Gives the bytes in two parts; nothing when they were refused.
std::optional<std::vector<Seen>> readInTwo(const std::string &bytes, std::size_t cut)
{
    FrameReader reader;
    std::vector<Seen> seen;
    const auto note = [&seen](const Frame &frame) { seen.push_back({frame.opcode, std::string(frame.payload)}); };
    const std::string_view all(bytes);
    if (!reader.take(all.substr(0, cut), note) || !reader.take(all.substr(cut), note))
        return {};
    return seen;
}

constexpr std::uint8_t text = 0x81, textBegins = 0x01, continues = 0x00, ends = 0x80, ping = 0x89, closes = 0x88;

} // namespace

class TestFrameReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wholeFramesHoweverTheyAreCut()
    {
        const auto bytes = frame(text, "") + frame(text, "a") + frame(ping, "p") + frame(text, std::string(125, 'b'))
            + frame(text, std::string(126, 'c')) + frame(text, std::string(300, 'd')) + frame(closes, "\x03\xe8");
        const std::vector<Seen> expected{{Opcode::Text, ""}, {Opcode::Text, "a"}, {Opcode::Ping, "p"},
                                         {Opcode::Text, std::string(125, 'b')}, {Opcode::Text, std::string(126, 'c')},
                                         {Opcode::Text, std::string(300, 'd')}, {Opcode::Close, "\x03\xe8"}};
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            const auto seen = readInTwo(bytes, cut);
            QVERIFY2(seen, qPrintable(QString::number(cut)));
            QVERIFY2(*seen == expected, qPrintable(QString::number(cut)));
        }
    }

    void largeFrames()
    {
        for (const std::size_t size : {65'535u, 65'536u, 1'000'000u}) {
            const auto bytes = frame(text, std::string(size, 'x'));
            const auto seen = readInTwo(bytes, 5);
            QVERIFY(seen);
            QCOMPARE(seen->size(), 1u);
            QCOMPARE(seen->front().payload.size(), size);
        }
    }

    void fragmentsAndControlFramesBetweenThem()
    {
        const auto seen = readInTwo(frame(textBegins, "a") + frame(ping, "") + frame(continues, "b") + frame(ends, "c"), 4);
        QVERIFY(seen);
        QCOMPARE(seen->size(), 4u);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const std::string &bytes) { QTest::addRow("%s", name) << QByteArray::fromStdString(bytes); };
        row("masked", header(text, 1, true) + "mask" + "a");
        row("reserved bit", frame(text | 0x40, "a"));
        row("unknown opcode", frame(0x83, "a"));
        row("long control frame", frame(ping, std::string(126, 'a')));
        row("fragmented control frame", frame(0x09, "a"));
        row("continuation of nothing", frame(ends, "a"));
        row("text inside a message", frame(textBegins, "a") + frame(text, "b"));
        row("length in more bytes than needed", std::string("\x81\x7e\x00\x7d", 4) + std::string(125, 'a'));
        row("too large", header(text, 1024 * 1024 + 1));
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        for (std::size_t cut = 0; cut <= std::size_t(bytes.size()); ++cut)
            QVERIFY2(!readInTwo(bytes.toStdString(), cut), qPrintable(QString::number(cut)));
    }
};

QTEST_GUILESS_MAIN(TestFrameReader)
#include "tst_framereader.moc"
