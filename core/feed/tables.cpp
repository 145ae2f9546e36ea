#include "core/feed/tables.h"

#include "core/feed/consumer.h"
#include "core/model/limits.h"

namespace odin {

using namespace Qt::StringLiterals;
using std::chrono::steady_clock;

std::optional<Failure> fillTables(Connection &connection, const FeedConfig &config, const SessionContext &context,
                                  std::stop_token stop)
{
    Consumer consumer(connection);
    jsErrCode code{};
    if (const natsStatus s = consumer.open(config.streamName, ConsumerStart::lastPerSubject(), code); s != NATS_OK)
        return requestFailure(s, code, u"reading the latest messages"_s);
    bool more = true; // a stream that is not empty has a last message
    SteadyTime progressed = steady_clock::now();
    while (more && !stop.stop_requested()) {
        NatsMsgPtr message;
        Delivery delivery;
        const natsStatus s = consumer.next(message, delivery, limits::busTickMs);
        if (s == NATS_TIMEOUT && steady_clock::now() - progressed < limits::busStallMsMax)
            continue;
        if (s != NATS_OK)
            return deliveryFailure(s);
        progressed = steady_clock::now();
        // What is younger comes again from the main consumer, in its place.
        if (delivery.storedNs < context.position.replayFromNs)
            context.intake.take(message.get(), delivery.streamSeq, delivery.storedNs / nsPerMs, Origin::Table);
        more = delivery.pending > 0;
    }
    context.position.tablesFilled = !more;
    if (!stop.stop_requested()) // closing asks the bus, and who stops does not want to wait for that
        consumer.close();
    return {};
}

} // namespace odin
