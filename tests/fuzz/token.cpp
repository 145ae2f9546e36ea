// Tokens: nothing that nobody signed is accepted, and what a signed one says stays within its bounds.
// First byte even: the rest is a token as it came. Odd: the rest are claims, which are signed here, so that they are
// read.
#include "core/model/limits.h"
#include "core/security/jwt.h"
#include "core/security/jwttext.h"
#include "core/security/tokencheck.h"
#include "core/wire/buspayload.h"
#include "tests/core/security/forge.h"
#include "tests/fuzz/fuzz.h"

using namespace odin;
using fuzz::require;

namespace {

constexpr qint64 nowMs = 1'800'000'000'000;
const QByteArray secret(32, 's');
// Nobody has their private parts.
const QByteArray publicKeys("-----BEGIN PUBLIC KEY-----\n"
                            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu2S3d5QEr8EGA5Tw9Iin\n"
                            "Y1E4J7vKbks12mSoYQxWros3TwJi2ntsysq+Mm4QgN6sNfJ8jIzfzj1SS+kUHjh5\n"
                            "pmzxn8+DJ/hCNGeq4OJ3LFJgSunJYKx5OzsSi7rCHS168FfoFdjWkURksGYp4z6C\n"
                            "wngtbhuSzXo2FpayUrPhXdiIbjUvncyt4IkanVwqpUlxdlbXakRKuwYbfS0k9D+W\n"
                            "H9/TZByS3/F+ViVM4QxnilrzFZn9Wz8U6QQpCCgbZF2ZUZRh+RH9g/Q0SiXYKrU/\n"
                            "/UMU9D7+Y3Cb5rTlGb1OlIF6q+pUCYZiZgm0ysTLxO2AeGMQWOMnuTHc3pBW0O7Q\n"
                            "lQIDAQAB\n"
                            "-----END PUBLIC KEY-----\n"
                            "-----BEGIN PUBLIC KEY-----\n"
                            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEjRTpue5HDxesSZjZLobxVEGjWTSO\n"
                            "mSeDrVJZTKX5k8e4BWothtIaLlIYM1jy9ggryI8W2KYPMAIGMWWtEc88IA==\n"
                            "-----END PUBLIC KEY-----\n");

// One key of each kind.
const KeySet &keys()
{
    static const KeySet set = [] {
        const auto secrets = KeySet::parse("{\"keys\":[" + forge::secretJwk(secret, "HS256", "hs") + "]}").value().keys;
        return KeySet::parse(publicKeys).value().keys.renewedBy(secrets, {});
    }();
    return set;
}

void checkIdentity(const Identity &identity)
{
    require(!identity.subject.isEmpty() && identity.subject.size() <= 256 && identity.tokenId.size() <= 256,
            "names have a bound");
    for (const char c : identity.subject + identity.tokenId)
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f, "names can be logged");
    require(identity.expiresMs > nowMs - 60'000 - 1 && identity.issuedMs <= nowMs + 60'000, "it is good now");
    if (!identity.prices)
        return;
    require(identity.prices->size() <= 1000, "prices have a bound");
    for (const auto &token : *identity.prices)
        require(isValidTokenId(token), "prices are valid");
}

// One spelling: the parts, encoded anew, are the token.
void checkParsed(const Jwt &jwt, QByteArrayView token)
{
    require(token.size() <= limits::tokenBytesMax && token.count('.') == 2, "three parts, with a bound");
    const auto rest = token.sliced(token.indexOf('.') + 1);
    require(rest.first(rest.indexOf('.')) == toBase64Url(jwt.payload), "one spelling");
}

void checkRaw(QByteArrayView token)
{
    const auto parsed = parseJwt(token);
    if (const auto *jwt = std::get_if<Jwt>(&parsed))
        checkParsed(*jwt, token);
    const auto verdict = checkedToken(token, keys(), {}, nowMs);
    if (std::holds_alternative<TokenFault>(verdict))
        return;
    const auto signedText =
        token.first(token.lastIndexOf('.')).toByteArray(); // the only key whose secret the corpus knows
    require(token.sliced(token.lastIndexOf('.') + 1) == forge::encoded(forge::hmac(secret, signedText, "HS256")),
            "somebody signed it");
}

void checkClaims(QByteArrayView claims)
{
    const auto token =
        forge::signedBy(secret, "HS256", forge::headerOf("HS256", "\"kid\":\"hs\""), claims.toByteArray());
    const auto verdict = checkedToken(token, keys(), {}, nowMs);
    if (const auto *identity = std::get_if<Identity>(&verdict))
        checkIdentity(*identity);
    else
        require(std::get<TokenFault>(verdict) != TokenFault::Signature, "the signature is good");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto rest = fuzz::view(data + 1, size - 1);
    data[0] % 2 == 0 ? checkRaw(rest) : checkClaims(rest);
    return 0;
}
