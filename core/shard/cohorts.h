// Cohorts: sessions with equal subscriptions, so that the bytes for them are put together once per batch.
// Pure: of a member it needs only the two fields `cohort` (void *) and `cohortIndex`, its place in here. Thread: confined to its shard's. Owner: the shard.
#pragma once

#include "core/model/frame.h"
#include "core/shard/subscription.h"

#include <QHash>

#include <memory>
#include <span>
#include <vector>

namespace odin {

template<class Member>
class Cohorts
{
public:
    struct Cohort
    {
        Subscription subscription;
        std::vector<Member *> members;
        QByteArray batch;                     ///< of the fan-out under way
        std::vector<FramePtr> frames;         ///< the same frames one by one
    };

    /// Puts a member (in no cohort now) where its subscription belongs. An empty one belongs nowhere.
    void join(Member *member, const Subscription &subscription)
    {
        if (subscription.isEmpty())
            return;
        auto &cohort = m_cohorts[subscription];
        if (!cohort) {
            cohort = std::make_unique<Cohort>(Cohort{subscription, {}, {}, {}});
            index(cohort.get());
        }
        member->cohortIndex = cohort->members.size();
        member->cohort = cohort.get();
        cohort->members.push_back(member);
    }

    void leave(Member *member)
    {
        auto *cohort = static_cast<Cohort *>(member->cohort);
        if (!cohort)
            return;
        auto &members = cohort->members;
        members[member->cohortIndex] = members.back();
        members[member->cohortIndex]->cohortIndex = member->cohortIndex;
        members.pop_back();
        member->cohort = nullptr;
        if (members.empty()) {
            unindex(cohort);
            m_cohorts.erase(Subscription(cohort->subscription));
        }
    }

    /// Puts the frames together for each cohort that wants some of them, then calls deliver(Cohort &) for each of
    /// those. `deliver` must not let members join or leave.
    template<class Deliver>
    void fanOut(std::span<const FramePtr> frames, Deliver deliver)
    {
        for (const auto &frame : frames)
            forEachInterested(*frame, [&](Cohort *cohort) { append(cohort, frame); });
        for (auto *cohort : m_due) {
            deliver(*cohort);
            cohort->batch = {};
            cohort->frames.clear();
        }
        m_due.clear();
    }

    std::size_t size() const { return m_cohorts.size(); }

private:
    // Whom a token's updates may concern: cohorts that name it, and those of all tokens.
    struct Index
    {
        QHash<QByteArray, std::vector<Cohort *>> named;
        std::vector<Cohort *> all;
        std::vector<Cohort *> market;
    };

    template<class F>
    void forEachInterested(const Frame &frame, F f)
    {
        if (frame.channel == Channel::Market) {
            for (auto *cohort : m_index.market)
                f(cohort);
            return;
        }
        const auto callIfWanted = [&](Cohort *cohort) {
            if (cohort->subscription.wants(frame.channel, frame.token))
                f(cohort);
        };
        if (const auto named = m_index.named.constFind(frame.token); named != m_index.named.cend()) {
            for (auto *cohort : *named)
                callIfWanted(cohort);
        }
        for (auto *cohort : m_index.all) {
            if (!cohort->subscription.tokens().contains(frame.token))
                callIfWanted(cohort);
        }
    }

    void append(Cohort *cohort, const FramePtr &frame)
    {
        if (cohort->frames.empty()) {
            m_due.push_back(cohort);
            cohort->batch = frame->bytes; // shared, not copied, while it is the only one
        } else {
            cohort->batch.append(frame->bytes);
        }
        cohort->frames.push_back(frame);
    }

    void index(Cohort *cohort)
    {
        for (const auto &[token, channels] : cohort->subscription.tokens())
            m_index.named[token].push_back(cohort);
        if (cohort->subscription.all() != Channels())
            m_index.all.push_back(cohort);
        if (cohort->subscription.wantsMarket())
            m_index.market.push_back(cohort);
    }

    void unindex(Cohort *cohort)
    {
        for (const auto &[token, channels] : cohort->subscription.tokens()) {
            std::erase(m_index.named[token], cohort);
            if (m_index.named[token].empty())
                m_index.named.remove(token);
        }
        std::erase(m_index.all, cohort);
        std::erase(m_index.market, cohort);
    }

    std::map<Subscription, std::unique_ptr<Cohort>> m_cohorts;
    Index m_index;
    std::vector<Cohort *> m_due;
};

} // namespace odin
