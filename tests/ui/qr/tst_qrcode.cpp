#include "ui/qr/qrcode.h"
#include "ui/qr/qrview.h"

#include <QTest>

using namespace odin;

class TestQrCode : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasItsThreeEyes();
    void differsWithTheText();
    void givesUpOnWhatDoesNotFit();
    void isDrawnSquareBySquare();
};

void TestQrCode::hasItsThreeEyes()
{
    const auto code = qrCodeOf(QStringLiteral("http://127.0.0.1:8080/"));
    QCOMPARE((code.size - 17) % 4, 0); // versions are 21, 25, 29, ... squares wide
    const int far = code.size - 7;
    for (const auto &[x, y] : {std::pair{0, 0}, {far, 0}, {0, far}}) {
        for (int i = 0; i < 7; ++i) {
            QVERIFY(code.isDark(x + i, y) && code.isDark(x, y + i) && code.isDark(x + i, y + 6)
                    && code.isDark(x + 6, y + i));
            QCOMPARE(code.isDark(x + i, y + 3), i != 1 && i != 5);
        }
    }
}

void TestQrCode::differsWithTheText()
{
    const auto code = qrCodeOf(QStringLiteral("http://127.0.0.1:8080/"));
    QVERIFY(code.dark == qrCodeOf(QStringLiteral("http://127.0.0.1:8080/")).dark);
    QVERIFY(code.dark != qrCodeOf(QStringLiteral("http://127.0.0.1:8081/")).dark);
}

void TestQrCode::givesUpOnWhatDoesNotFit()
{
    QCOMPARE(qrCodeOf({}).size, 0);
    QCOMPARE(qrCodeOf(QString(4000, u'x')).size, 0);
    QVERIFY(qrCodeOf(QString(2000, u'x')).size > 0);
}

void TestQrCode::isDrawnSquareBySquare()
{
    QrView view;
    view.setText(QStringLiteral("http://127.0.0.1:8080/"));
    view.resize(view.sizeHint());
    const auto image = view.grab().toImage();
    const auto code = qrCodeOf(QStringLiteral("http://127.0.0.1:8080/"));
    const int square = view.width() / (code.size + 8);
    const int left = (view.width() - square * code.size) / 2;
    for (int y = 0; y < code.size; ++y) {
        for (int x = 0; x < code.size; ++x) {
            const auto colour = image.pixelColor(left + x * square + square / 2, left + y * square + square / 2);
            QCOMPARE(colour, code.isDark(x, y) ? QColor(Qt::black) : QColor(Qt::white));
        }
    }
    QCOMPARE(image.pixelColor(1, 1), QColor(Qt::white)); // the quiet zone
    view.setText({});
    QVERIFY(view.isHidden());
}

QTEST_MAIN(TestQrCode)
#include "tst_qrcode.moc"
