#include "core/security/tokenwarden.h"

#include "core/base/log.h"
#include "core/security/keyfile.h"
#include "core/security/tokencheck.h"

#include <QEventLoop>
#include <QFileInfo>

#include <chrono>

namespace odin {

namespace {

using namespace std::chrono_literals;

constexpr auto lookMs = 1000ms; // for changed files and missed keys

bool isUrl(const QString &keys)
{
    return keys.startsWith(QLatin1String("https://")) || keys.startsWith(QLatin1String("http://"));
}

SteadyTime steadyNow() { return std::chrono::steady_clock::now(); }

void tellUnusable(const QStringList &sentences)
{
    for (const auto &sentence : sentences)
        qCWarning(lcApp).noquote() << "a key for tokens is left out:" << sentence;
}

} // namespace

TokenWarden::TokenWarden(TokenConfig config) : m_config(std::move(config)), m_rules{m_config.issuer, m_config.audience}
{
    if (isUrl(m_config.keys))
        m_source = std::make_unique<KeySource>(QUrl(m_config.keys, QUrl::StrictMode));
    if (!m_source)
        return;
    QObject::connect(m_source.get(), &KeySource::fetched, m_source.get(),
                     [this](const QByteArray &text) { take(text); });
    QObject::connect(m_source.get(), &KeySource::failed, m_source.get(), [this](const QString &why) { keepOld(why); });
}

Result<Done> TokenWarden::open()
{
    for (const auto &loaded : {loadRevoked(), loadKeys()}) {
        if (!loaded)
            return loaded;
    }
    if (m_source)
        waitForAnswer();
    QObject::connect(&m_clock, &QTimer::timeout, &m_clock, [this] { look(); });
    m_clock.start(lookMs);
    return Done{};
}

void TokenWarden::reload()
{
    for (const auto &loaded : {loadRevoked(), loadKeys()}) {
        if (!loaded)
            qCWarning(lcApp).noquote() << "what was read before stays in force:" << loaded.error().text;
    }
}

std::variant<Identity, TokenFault> TokenWarden::check(QByteArrayView token) const
{
    auto verdict = checkedToken(token, *m_keys.get(), m_rules, wallMs());
    if (const auto *identity = std::get_if<Identity>(&verdict); identity && isRevoked(*identity))
        return TokenFault::Revoked;
    if (const auto *fault = std::get_if<TokenFault>(&verdict); fault && *fault == TokenFault::UnknownKey)
        m_missed.store(true, std::memory_order_relaxed);
    return verdict;
}

Result<Done> TokenWarden::loadKeys()
{
    if (m_source) {
        fetch();
        return Done{};
    }
    if (m_config.keys.isEmpty()) {
        if (const auto made = ensureOwnKey(m_config.ownKeyFile); !made)
            return made;
    }
    auto parsed = keysInFile(m_config.keys.isEmpty() ? m_config.ownKeyFile : m_config.keys);
    if (!parsed)
        return parsed.error();
    tellUnusable(parsed->unusable);
    qCInfo(lcApp, "tokens are checked with %zu keys", parsed->keys.size());
    m_keys.set(std::move(parsed->keys));
    return Done{};
}

Result<Done> TokenWarden::loadRevoked()
{
    if (m_config.revokedFile.isEmpty())
        return Done{};
    m_revokedAt = QFileInfo(m_config.revokedFile).lastModified();
    const auto text = readBounded(m_config.revokedFile, limits::revokedBytesMax);
    if (!text)
        return text.error();
    auto list = RevokedList::parse(text.value());
    if (!list)
        return Error{QStringLiteral("%1: %2").arg(m_config.revokedFile, list.error().text)};
    qCInfo(lcApp, "%lld tokens and users are revoked", static_cast<long long>(list->size()));
    m_revoked.set(std::move(list.value()));
    m_revision.fetch_add(1, std::memory_order_release);
    return Done{};
}

// A file that is gone is not news: what it said stays in force.
bool TokenWarden::isRevokedFileNew() const
{
    const auto changed = QFileInfo(m_config.revokedFile).lastModified();
    return !m_config.revokedFile.isEmpty() && changed.isValid() && changed != m_revokedAt;
}

void TokenWarden::look()
{
    if (isRevokedFileNew()) {
        if (const auto loaded = loadRevoked(); !loaded)
            qCWarning(lcApp).noquote() << "the list of revoked tokens stays as it was:" << loaded.error().text;
    }
    if (m_source && m_plan.isDue(steadyNow(), m_missed.load(std::memory_order_relaxed)))
        fetch();
}

void TokenWarden::fetch()
{
    m_missed.store(false, std::memory_order_relaxed);
    m_plan.asked(steadyNow());
    m_source->fetch();
}

void TokenWarden::take(const QByteArray &published)
{
    const auto parsed = KeySet::parse(published);
    if (!parsed) {
        keepOld(parsed.error().text);
        return;
    }
    m_plan.answered(FetchPlan::Outcome::Read);
    const auto problem = parsed->unusable.join(QStringLiteral("; "));
    if (problem != std::exchange(m_problem, problem) || m_keys.get()->size() == 0) {
        tellUnusable(parsed->unusable);
        qCInfo(lcApp, "tokens are checked with %zu published keys", parsed->keys.size());
    }
    m_keys.set(m_keys.get()->renewedBy(parsed->keys, steadyNow()));
}

void TokenWarden::keepOld(const QString &why)
{
    m_plan.answered(FetchPlan::Outcome::Failed);
    if (why != std::exchange(m_problem, why))
        qCWarning(lcApp).noquote() << "the keys for tokens could not be read anew, those known stay in force:" << why;
    m_keys.set(m_keys.get()->at(steadyNow()));
}

void TokenWarden::waitForAnswer()
{
    QEventLoop loop;
    QObject::connect(m_source.get(), &KeySource::fetched, &loop, &QEventLoop::quit);
    QObject::connect(m_source.get(), &KeySource::failed, &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace odin
