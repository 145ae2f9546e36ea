"""Tests of the rules themselves, on small trees: each violation is found, and what is allowed passes."""

import tempfile
import unittest
from pathlib import Path

import rules
import tables


class TreeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def write(self, name, text):
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def assertOne(self, violations, *words):
        self.assertEqual(len(violations), 1, violations)
        for word in words:
            self.assertIn(word, violations[0])


class Rooms(TreeTest):
    def violations(self, name, target):
        self.write(name, f'#include "{target}"\n')
        return rules.check_rooms(self.root)

    def test_inner_rooms_never_meet(self):
        self.assertOne(self.violations("core/feed/feed.cpp", "core/hub/hub.h"), "core/feed", "core/hub/hub.h")

    def test_models_include_models_only(self):
        self.assertOne(self.violations("core/model/frame.h", "core/base/mailbox.h"), "core/model may not include core/base")

    def test_wire_does_not_look_back(self):
        self.assertOne(self.violations("core/wire/reply.h", "core/flow/counters.h"), "core/wire may not include core/flow")

    def test_simulator_publishes_through_the_interface(self):
        self.assertOne(self.violations("simulator/market/market.cpp", "core/feed/publisher.h"), "simulator", "core/feed")

    def test_console_sees_one_interface(self):
        self.assertOne(self.violations("ui/pages/dashboard.cpp", "core/gateway/gateway.h"), "ui may not include core/gateway")

    def test_models_of_the_console_know_no_page(self):
        self.assertOne(self.violations("ui/models/sampler.cpp", "ui/widgets/card.h"), "ui/models may not include ui")

    def test_unknown_room(self):
        self.assertOne(self.violations("core/cellar/wine.h", "core/model/frame.h"), "add it to")

    def test_path_from_the_top(self):
        self.assertOne(self.violations("core/hub/hub.cpp", "hub.h"), "not a path from the top")

    def test_spaces_hide_nothing(self):
        self.write("core/hub/hub.cpp", '  #  include  "core/shard/shard.h"\n')
        self.assertOne(rules.check_rooms(self.root), "core/hub may not include core/shard")

    def test_what_is_allowed(self):
        allowed = [("core/gateway/rooms.cpp", "core/shard/shard.h"), ("app/main.cpp", "ui/mainwindow.h"),
                   ("core/shard/shard.cpp", "core/flow/framesink.h"), ("ui/charts/chart.cpp", "ui/models/series.h"),
                   ("core/hub/hub.cpp", "core/hub/hub.h"), ("core/base/log.cpp", "log.moc")]
        for name, target in allowed:
            self.write(name, f'#include "{target}"\n#include <QObject>\n')
        self.assertEqual(rules.check_rooms(self.root), [])


class Libraries(TreeTest):
    def test_each_library_outside_its_room(self):
        for header in ("nats/nats.h", "QWebSocketServer", "QtWebSockets/QWebSocket", "QHttpServerResponder", "QChartView",
                       "QtCharts/QLineSeries", "QLineSeries", "QValueAxis", "toml++/toml.h", "prometheus/text_serializer.h",
                       "qrencode.h"):
            with self.subTest(header=header):
                self.write("core/base/tool.cpp", f"#include <{header}>\n")
                self.assertOne(rules.check_libraries(self.root), header)

    def test_each_library_at_home(self):
        homes = [("core/feed/a.h", "nats/nats.h"), ("core/shard/a.h", "QWebSocket"), ("core/http/a.cpp", "QHttpServer"),
                 ("ui/charts/a.h", "QChart"), ("ui/qr/a.cpp", "qrencode.h"), ("app/a.cpp", "toml++/toml.h"), ("core/http/b.cpp", "prometheus/metric_family.h")]
        for name, header in homes:
            self.write(name, f"#include <{header}>\n#include <QTcpSocket>\n")
        self.assertEqual(rules.check_libraries(self.root), [])

    def test_models_know_no_widgets(self):
        self.write("ui/models/format.cpp", "#include <QLabel>\n")
        self.assertOne(rules.check_libraries(self.root), "QLabel")


class ThreadLines(TreeTest):
    def violations(self, text):
        self.write("core/hub/hub.h", text)
        return rules.check_thread_lines(self.root)

    def test_thread_is_missing(self):
        self.assertOne(self.violations("// Hub. Owner: core/gateway.\nclass Hub\n{\n};\n"), "thread")

    def test_owner_is_missing(self):
        self.assertOne(self.violations("// Hub. Thread: any.\nclass Hub final : public Sink\n{\n};\n"), "owns")

    def test_code_is_no_comment(self):
        self.assertOne(self.violations("// Owner: x.\nclass Hub { std::thread m_thread; };\n"), "thread")

    def test_a_struct_is_a_value(self):
        self.assertOne(self.violations("// Row.\nstruct Row\n{\n};\n"), "thread")

    def test_what_is_allowed(self):
        for text in ("// Thread: any. Owner: x.\nclass Hub\n{\n};\n", "// Values; any thread.\nstruct Row\n{\n};\n",
                     "// Functions only.\nclass Elsewhere;\nint f();\n"):
            with self.subTest(text=text):
                self.assertEqual(self.violations(text), [])

    def test_an_interface_has_no_owner(self):
        self.write("core/flow/sink.h", "/// From one thread.\nclass Sink\n{\n    virtual void post() = 0;\n};\n")
        self.assertEqual(rules.check_thread_lines(self.root), [])


class CloseCodes(TreeTest):
    CLIENT = "  4101: { name: 'too slow', reaction: 'backoff', reason: 'Too slow' },\n"

    def violations(self, client, server='CloseRule{CloseReason::TooSlow, "too slow", Reaction::Backoff},'):
        self.write(tables.CLOSE_REASONS, f"enum class CloseReason {{\n    TooSlow = 4101,\n}};\n{server}\n")
        self.write(tables.CLOSE_CODES, client)
        return tables.check_close_codes(self.root)

    def test_equal(self):
        self.assertEqual(self.violations(self.CLIENT), [])

    def test_other_reaction(self):
        self.assertOne(self.violations(self.CLIENT.replace("backoff", "stop")), "4101", "stop")

    def test_other_name(self):
        self.assertOne(self.violations(self.CLIENT.replace("too slow", "slow")), "4101")

    def test_unknown_to_the_client(self):
        self.assertOne(self.violations(""), "4101", "None")

    def test_unknown_to_the_server(self):
        self.assertOne(self.violations(self.CLIENT + self.CLIENT.replace("4101", "4102")), "4102")

    def test_reason_without_rule(self):
        self.assertIn("1 reasons, but 0 rules", " ".join(self.violations("", server="")))


class Limits(TreeTest):
    HEADER = ("inline constexpr int namesMax = 10'000;   ///< names\n"
              "inline constexpr milliseconds headMsMax{5'000};\n"
              "inline constexpr long long storeBytesMax = 2LL * 1024 * 1024 * 1024;\n"
              "inline constexpr std::size_t twiceBytesMax = 2 * storeBytesMax;\n"
              "inline constexpr double priceMin = 1e-12;\n")
    ROWS = ["| `namesMax` | 10,000 | names |", "| `headMsMax` | 5 s | head |", "| `storeBytesMax` | 2 GiB | store |",
            "| `twiceBytesMax` | 4 GiB | both |", "| `priceMin` | 1e-12 | price |"]

    def violations(self, rows):
        self.write(tables.LIMITS, self.HEADER)
        self.write(tables.LIMITS_DOC, "\n".join(rows) + "\n")
        return tables.check_limits(self.root)

    def test_equal(self):
        self.assertEqual(self.violations(self.ROWS), [])

    def test_not_documented(self):
        self.assertOne(self.violations(self.ROWS[1:]), "| `namesMax` | 10,000 |")

    def test_value_has_changed(self):
        self.assertOne(self.violations([row.replace("5 s", "4 s") for row in self.ROWS]), "headMsMax is 5 s, not 4 s")

    def test_unreadable(self):
        self.HEADER += "inline constexpr int\n    wrappedMax = 1;\n"
        self.assertOne(self.violations(self.ROWS), "6 constants, of which 5")

    def test_no_longer_there(self):
        self.assertOne(self.violations(self.ROWS + ["| `goneMax` | 1 | gone |"]), "goneMax is no longer")


class Options(TreeTest):
    def violations(self, rows):
        self.write(tables.SETTINGS, '    {"gui", "", "true", "a window"},\n    {"nats-info", "FILE", "", "credentials"},\n')
        self.write(tables.SETTINGS_DOC, rows)
        return tables.check_options(self.root)

    def test_equal(self):
        self.assertEqual(self.violations("| `--[no-]gui` | `true` | window |\n| `--nats-info FILE` | | credentials |\n"), [])

    def test_no_row(self):
        self.assertOne(self.violations("| `--[no-]gui` | `true` | window |\n"), "--nats-info")

    def test_other_default(self):
        self.assertOne(self.violations("| `--[no-]gui` | `false` | |\n| `--nats-info FILE` | | |\n"), "--gui is `true`")


if __name__ == "__main__":
    unittest.main()
