// Every bound of the program stands here, with its unit in its name. docs/limits.md shows them to operators.
// Constants; any thread.
#pragma once

#include <chrono>
#include <cstddef>

namespace odin::limits {

using std::chrono::milliseconds;

// Names and payloads
inline constexpr int tokenIdBytesMax = 32;
inline constexpr int payloadBytesMax = 4 * 1024;          ///< one update from a publisher
inline constexpr int batchBytesMax = 256 * 1024;          ///< one batch message, all entries together
inline constexpr int payloadDepthMax = 32;               ///< objects and arrays in one another
inline constexpr int batchUpdatesMax = 1000;
inline constexpr milliseconds futureMsMax{60'000};        ///< a publisher's clock may be ahead by this
inline constexpr int tokensMax = 10'000;                  ///< distinct tokens a gateway keeps; later ones are refused

// Clients
inline constexpr int commandBytesMax = 16 * 1024;         ///< one inbound WebSocket message
inline constexpr int commandTokensMax = 1000;             ///< tokens[] of one subscribe or unsubscribe
inline constexpr int sessionTokensMax = 2000;             ///< tokens one session may hold by name
inline constexpr int commandErrorsMax = 100;              ///< refused commands before 4009
inline constexpr int commandsPerSecondMax = 30;           ///< sustained, per session
inline constexpr int commandBurstMax = 60;
inline constexpr std::size_t backlogBytesMax = 1024 * 1024;  ///< unsent bytes of one session before 4101
inline constexpr std::size_t backlogHighBytes = 64 * 1024;   ///< above: thinned per token (mode auto) ...
inline constexpr std::size_t backlogLowBytes = 16 * 1024;    ///< ... until below this
inline constexpr milliseconds backlogMsMax{30'000};       ///< not below backlogLowBytes for this long: 4101
inline constexpr int sendBufferBytes = 128 * 1024;        ///< the kernel's part of a session's backlog
inline constexpr int notSentBytes = 64 * 1024;            ///< of that: not yet on its way (TCP_NOTSENT_LOWAT)
inline constexpr double latestHzMin = 0.01;               ///< mode latest: rates beyond are granted as the nearest of these
inline constexpr double latestHzMax = 100;
inline constexpr double latestHzDefault = 10;
inline constexpr milliseconds latestTickMs{5};            ///< clients of mode latest are looked after this often at most
inline constexpr int resumeMessagesMax = 250'000;         ///< messages of the stream between a resume position and now
inline constexpr milliseconds resumeWaitMsMax{15'000};    ///< for the stream to be read, or for us to reach a position ahead of us
inline constexpr milliseconds resumeAheadMsMax{2'000};    ///< of these: ahead of us while the bus is live
inline constexpr int resumeCommandsMax = 16;              ///< subscribe and unsubscribe that wait for the end of a resume
inline constexpr milliseconds catchUpSliceMs{1};          ///< resuming clients hold up the live ones by this at a time
inline constexpr int historyUpdatesMax = 1000;            ///< of one answer
inline constexpr int historyWaitingMax = 1024;            ///< clients of one shard that wait for one
inline constexpr milliseconds heartbeatMs{15'000};        ///< connection:status
inline constexpr milliseconds pingMs{20'000};             ///< WebSocket ping to idle sockets
inline constexpr int pingsUnansweredMax = 2;

// The door
inline constexpr int headBytesMax = 16 * 1024;
inline constexpr int headFieldsMax = 100;
inline constexpr int bodyBytesMax = 64 * 1024;
inline constexpr milliseconds headMsMax{5'000};           ///< from accept to a complete request head
inline constexpr milliseconds handshakeMsMax{5'000};      ///< from head to open WebSocket
inline constexpr milliseconds responseMsMax{15'000};      ///< from head to the last byte of an HTTP answer
inline constexpr int handshakesPendingMax = 4096;         ///< per shard: accepted, not yet sessions
inline constexpr int listenBacklog = 4096;
inline constexpr int webFileBytesMax = 16 * 1024 * 1024;  ///< one file of the page
inline constexpr int adminConnectionsMax = 50;
inline constexpr int descriptorsReserved = 200;           ///< kept back for files, bus, broker, admin port
inline constexpr milliseconds retryAfterMs{5'000};        ///< told to whom is refused for lack of room

// Identity and abuse
inline constexpr int tokenBytesMax = 4 * 1024;            ///< one JWT: a longer header line would not pass QtWebSockets either
inline constexpr milliseconds tokenSkewMsMax{60'000};     ///< clocks of who makes tokens and ours may differ by this
inline constexpr milliseconds tokenGraceMs{30'000};       ///< from the end of a session's token to 4203
inline constexpr milliseconds authMsMax{5'000};           ///< from an open WebSocket to its token, where one is needed: 4008
inline constexpr int secretBytesMin = 32;                 ///< of a key for HS256, HS384 or HS512
inline constexpr int keyBitsMin = 2048;                   ///< of an RSA key
inline constexpr int keySetBytesMax = 256 * 1024;         ///< a file or an answer with keys
inline constexpr int keysMax = 64;                        ///< in one set
inline constexpr milliseconds keySetMs{300'000};          ///< a key set by URL is read anew after this ...
inline constexpr milliseconds keySetMissMs{10'000};       ///< ... or when a token names a key that is not in it, this often at most
inline constexpr milliseconds keySetAnswerMsMax{5'000};   ///< one such reading
inline constexpr milliseconds keyKeptMs{3'600'000};       ///< a key that is no longer in the set is still good for this long
inline constexpr int revokedBytesMax = 16 * 1024 * 1024;  ///< a list of revoked tokens
inline constexpr milliseconds ownTokenMsMax{30LL * 24 * 3'600'000}; ///< life of a token made by odin-gateway token
inline constexpr int addressesMax = 65'536;               ///< addresses whose connections and failures are counted one by one
inline constexpr milliseconds loginWindowMs{60'000};      ///< failed logins are counted over this
inline constexpr int originsMax = 256;                    ///< names in a list of origins, hosts or balancers
inline constexpr int balancerHeaderBytesMax = 536;        ///< a PROXY header of version 1 or 2
inline constexpr milliseconds frameMsMax{5'000};          ///< from a WebSocket frame's first byte to its last: 4000
inline constexpr int controlFramesPerSecondMax = 10;      ///< pings and pongs of one client, sustained: 4102
inline constexpr int controlFramesBurstMax = 50;
inline constexpr int piecesPerSecondMax = 1000;           ///< frames of messages that are not sent as one, sustained: 4102
inline constexpr int piecesBurstMax = 2000;
inline constexpr int historiesPerSecondMax = 10;          ///< of one client, sustained: error 111
inline constexpr int historiesBurstMax = 200;
inline constexpr int resumesPerMinuteMax = 30;            ///< of one client, sustained: error 111
inline constexpr int resumesBurstMax = 16;
inline constexpr int adminRequestsPerSecondMax = 500;     ///< of one address on the admin port, sustained: 429
inline constexpr int adminRequestsBurstMax = 1000;
inline constexpr int adminFailuresPerMinuteMax = 10;      ///< wrong admin tokens of one address: 429

// Inside
inline constexpr std::size_t mailboxFramesMax = 262'144;  ///< frames waiting for one shard
inline constexpr std::size_t ringBytesMax = 64 * 1024 * 1024;
inline constexpr milliseconds ringMsMax{120'000};
inline constexpr milliseconds pastRestMs{250};            ///< between two reads of a range: requests gather and share the next
inline constexpr milliseconds pastKeptMs{30'000};         ///< a range or a history that was read is kept for this long
inline constexpr milliseconds pastReadMsMax{10'000};      ///< one read
inline constexpr int pastWaitingMax = 4096;               ///< requests that wait
inline constexpr int historyTokensMax = 256;              ///< histories kept
inline constexpr int historyMessagesMax = 20'000;         ///< read for one history, and updates kept of batches
inline constexpr milliseconds coalesceMs{1};              ///< fan-outs of one shard are at least this far apart
inline constexpr int fanOutBytesMax = 128 * 1024;         ///< frames of one fan-out, so that no write alone makes a client slow
inline constexpr milliseconds staleMsMin{3'000};          ///< no token is called stale before
inline constexpr milliseconds staleMsMax{3'600'000};      ///< tokens for which a longer silence is normal are not judged
inline constexpr milliseconds cadenceStepMs{1'000};       ///< updates of a token closer than this count as one burst
inline constexpr int cadenceGapsMin = 8;                  ///< gaps known of a token before it is judged
inline constexpr int cadenceGapsKept = 256;               ///< the largest of at least this many is remembered
inline constexpr int staleNamesMax = 10;                  ///< tokens that /healthz names
inline constexpr int shardsMax = 8;
inline constexpr std::size_t workerCommandsMax = 65'536;  ///< commands waiting for one thread
inline constexpr int descriptorsMax = 1'048'576;          ///< open files asked of the system, if it allows more

// The bus
inline constexpr milliseconds busConnectMsMax{2'000};
inline constexpr milliseconds busPublishMsMax{2'000};     ///< one try of a publish
inline constexpr milliseconds busPingMs{2'000};           ///< cnats ping; two unanswered end the connection
inline constexpr milliseconds busHeartbeatMs{1'000};      ///< ordered consumer
inline constexpr milliseconds busRetryMsMin{250};         ///< back-off of reconnects, doubled with jitter ...
inline constexpr milliseconds busRetryMsMax{2'000};       ///< ... up to this
inline constexpr long long streamBytesMax = 2LL * 1024 * 1024 * 1024;
inline constexpr milliseconds streamMsMax{24 * 3'600'000};    ///< age of the oldest message of a stream that we create
inline constexpr milliseconds streamDuplicateMs{120'000};     ///< a Nats-Msg-Id is remembered for this long
inline constexpr milliseconds busRequestMsMax{1'500};         ///< one question to JetStream
inline constexpr milliseconds busAnswerMsMax{600};            ///< a silent bus is asked whether it is there
inline constexpr milliseconds busTickMs{100};                 ///< the feed looks up from waiting at least this often
inline constexpr milliseconds busStallMsMax{10'000};          ///< messages wait and none arrives: the consumer is made anew
inline constexpr int busPendingMessagesMax = 131'072;         ///< received and not yet taken, 1 KiB each on average
inline constexpr milliseconds healthMs{5'000};                ///< odin.system.health of this gateway

// The managed broker
inline constexpr milliseconds brokerRetryMsMin{250};          ///< back-off of restarts, doubled ...
inline constexpr milliseconds brokerRetryMsMax{5'000};        ///< ... up to this
inline constexpr milliseconds brokerHealthyMs{10'000};        ///< lived this long: back-off and failures are forgotten
inline constexpr milliseconds brokerStopMsMax{2'000};         ///< SIGTERM to SIGKILL
inline constexpr int brokerFailuresMax = 5;                   ///< starts that fail in a row before the store is set aside
inline constexpr int brokerFoldersMax = 16;                   ///< nats, nats-2, ...: brokers side by side
inline constexpr int brokerPortsMax = 100;                    ///< ports tried from the first one on
inline constexpr int brokerPayloadBytesMax = 1024 * 1024;
inline constexpr long long brokerStoreBytesMax = 2 * streamBytesMax;

// The simulator
inline constexpr milliseconds simulatorIntervalMsMin{10};
inline constexpr milliseconds simulatorIntervalMsMax{3'600'000};
inline constexpr int simulatorTokensMax = 1000;
inline constexpr milliseconds simulatorRetryMsMax{10'000}; ///< all tries of one message together
inline constexpr double simulatorPriceMin = 1e-12;        ///< simulated and replayed prices stay within these
inline constexpr double simulatorPriceMax = 1e12;
inline constexpr double simulatorVolumeMax = 1e15;        ///< one trade, or one day of a simulated token
inline constexpr double simulatorVolatilityMax = 100;     ///< of a year, 1 = 100 %
inline constexpr double simulatorDriftMax = 100;          ///< of a year, up or down
inline constexpr milliseconds scenarioMsMin{1'000};       ///< one scenario of one token
inline constexpr milliseconds scenarioMsMax{3'600'000};
inline constexpr double scenarioFallShareMin = 0.01;      ///< of the price, at the bottom of a flash crash
inline constexpr double scenarioFallShareMax = 0.95;
inline constexpr double scenarioRateFactorMin = 2;        ///< of a burst; the shortest interval stays the shortest
inline constexpr double scenarioRateFactorMax = 100;
inline constexpr double replaySpeedMax = 1000;            ///< of a file that the console plays
inline constexpr int replayLineBytesMax = 4 * 1024;
inline constexpr int replayLinesPerStep = 1000;           ///< unusable lines skipped before others get their turn
inline constexpr int replayLineWarningsMax = 20;          ///< unusable lines named in the log, per file
inline constexpr milliseconds replayGapMsMax{24 * 3'600'000}; ///< longer steps in a file's time are not waited for

// The log
inline constexpr int logTailEntriesMax = 2000;
inline constexpr int logLineCharsMax = 1000;
inline constexpr milliseconds logWriteMsMax{100};         ///< a stuck standard error holds up one line only

// The console
inline constexpr milliseconds sampleMs{250};              ///< a console that is looked at asks for a newer snapshot
inline constexpr milliseconds sampleHiddenMs{1'000};      ///< and one that is hidden or minimised
inline constexpr milliseconds historyMsMax{3'600'000};
inline constexpr std::size_t historyPointsMax = 4096;     ///< per series
inline constexpr int chartPointsMax = 600;                ///< drawn per line
inline constexpr std::size_t trendPointsMax = 60;         ///< prices per token behind the line in its row, one a second
inline constexpr int pricePointsMax = 1'000'000;          ///< prices kept for charts, of all tokens together
inline constexpr std::size_t latencySlicesMax = 60;       ///< parts in which the latency of a minute, a quarter and an hour is kept
inline constexpr std::size_t eventsMax = 100;             ///< recent events
inline constexpr int eventTokensMax = 3;                  ///< tokens named in one event
inline constexpr milliseconds chartHoverMs{70};           ///< a chart under the cursor is drawn this often at most
inline constexpr milliseconds savingsMsMax{60'000};       ///< what the push costs is the mean of this time
inline constexpr int savingsClientsMin = 100;             ///< fewer clients say nothing about the cost of many
inline constexpr double savingsInputMax = 1e12;           ///< largest number that can be put into the savings page
inline constexpr milliseconds feedQuietMsMax{30'000};     ///< connected, and no token has an update younger than this: stale

// The console's list of clients
inline constexpr milliseconds clientsListMs{1'000};       ///< while somebody looks, rows are collected from the shards this often at most
inline constexpr milliseconds clientsSliceMs{1};          ///< collecting holds up a shard's updates by this at a time
inline constexpr milliseconds clientRateMsMax{5'000};     ///< no rate is told over a longer time
inline constexpr milliseconds clientDetailsMs{250};       ///< all about one client, this often at most
inline constexpr milliseconds clientFramesMs{10'000};     ///< its frames are written down for so long after it was asked for
inline constexpr std::size_t clientFramesMax = 50;        ///< of these, the newest
inline constexpr int clientTokensShown = 4;               ///< names of its tokens in the row of a client

// Load tests out of the console
inline constexpr int loadTestClientsMax = 19'900;         ///< of one odin-loadtest: a process may have 20,000 open files
inline constexpr int loadTestStepsMax = 20;               ///< of one ramp
inline constexpr milliseconds loadTestHoldMsMin{500};     ///< each step
inline constexpr milliseconds loadTestHoldMsMax{600'000};
inline constexpr milliseconds loadTestProgressMs{250};    ///< odin-loadtest tells its progress this often
inline constexpr std::size_t loadTestLineBytesMax = 16 * 1024 * 1024; ///< one line of odin-loadtest; the last one holds the report
inline constexpr milliseconds loadTestSilentMsMax{30'000}; ///< it says nothing for this long: it is ended
inline constexpr milliseconds loadTestStopMsMax{10'000};  ///< SIGTERM to SIGKILL
inline constexpr milliseconds capacityRestMs{1'000};      ///< between two probes: the clients of the one before have gone
inline constexpr int capacityRepeatsMax = 3;              ///< probes at one number of clients, of which two agree
inline constexpr int capacityProbesMax = 60;              ///< of one search

// The end
inline constexpr milliseconds drainHintMsMin{1'000};      ///< clients are told to come back after 0 to this ...
inline constexpr milliseconds drainHintMsMax{60'000};     ///< ... or, when they are many, to up to this
inline constexpr int drainClientsPerSecond = 1000;        ///< so many a second
inline constexpr milliseconds drainMsMax{4'000};          ///< waiting for clients to go; SIGTERM to exit stays below 10 s

// The fault proxy
inline constexpr int proxyConnectionsMax = 4096;          ///< connections through one proxy; later ones are reset
inline constexpr std::size_t proxyHeldBytesMax = 1024 * 1024; ///< of one direction of a connection with delay: held on the way
inline constexpr std::size_t proxyQueueBytesMax = 64 * 1024;  ///< of one without
inline constexpr std::size_t proxyReadBytesMax = 64 * 1024;   ///< one read
inline constexpr int proxySocketBytes = 64 * 1024;        ///< the kernel's part (SO_RCVBUF, SO_SNDBUF), or faults are felt late
inline constexpr milliseconds proxyDelayMsMax{60'000};    ///< delay, and jitter on top of it
inline constexpr milliseconds proxyBurstMs{20};           ///< of a limited bandwidth: may pass at once
inline constexpr milliseconds proxyConnectMsMax{5'000};   ///< for the target to take a connection
inline constexpr milliseconds proxyAcceptRetryMs{100};    ///< after a connection could not be accepted

} // namespace odin::limits
