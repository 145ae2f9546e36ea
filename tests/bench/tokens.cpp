// bench-tokens [SECONDS]: how many tokens one thread checks in a second, of each algorithm that is common.
#include "core/model/types.h"
#include "core/security/tokencheck.h"
#include "tests/core/security/forge.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace {

using namespace odin;

struct Case
{
    QByteArray algorithm;
    QByteArray keys; // PEM or JWK
    QByteArray token;
};

QByteArray claims()
{
    return R"({"iss":"https://issuer.example","aud":"prices","sub":"alice","jti":"4c5cf3c5-7b0e-4a55-8b39-6a50bd14d1f5","iat":)"
        + QByteArray::number(wallMs() / 1000) + R"(,"exp":)" + QByteArray::number(wallMs() / 1000 + 3600)
        + R"(,"tokens":["BTC","ETH","SOL"]})";
}

Case hmacCase()
{
    const QByteArray secret(32, 's');
    return {"HS256", forge::secretJwk(secret, "HS256", "a"),
            forge::signedBy(secret, "HS256", forge::headerOf("HS256"), claims())};
}

Case keyCase(const QByteArray &algorithm, const forge::KeyPtr &key)
{
    return {algorithm, forge::publicPem(key), forge::signedBy(key, algorithm, forge::headerOf(algorithm), claims())};
}

void measure(const Case &what, double seconds)
{
    const auto keys = KeySet::parse(what.keys).value().keys;
    const ClaimRules rules{QStringLiteral("https://issuer.example"), QStringLiteral("prices")};
    const auto start = std::clock(); // of the processor: others may be busy
    double passed = 0;
    long checked = 0;
    while (passed < seconds) {
        for (int i = 0; i < 50; ++i) {
            if (!std::holds_alternative<Identity>(checkedToken(what.token, keys, rules, wallMs())))
                std::exit(1);
        }
        checked += 50;
        passed = double(std::clock() - start) / CLOCKS_PER_SEC;
    }
    std::printf("%s: %.0f checks/s, %.1f us each\n", what.algorithm.constData(), double(checked) / passed,
                passed / double(checked) * 1e6);
}

} // namespace

int main(int argc, char **argv)
{
    const double seconds = argc > 1 ? std::atof(argv[1]) : 3;
    for (const auto &one : {hmacCase(), keyCase("RS256", forge::rsa()), keyCase("ES256", forge::ec()),
                            keyCase("ES384", forge::ec("P-384"))})
        measure(one, seconds);
}
