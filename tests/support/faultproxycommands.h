// The commands of odin-faultproxy: one JSON object in, one out.
// A pure shell around the proxy; its thread.
#pragma once

#include <QByteArray>

namespace odin {

class FaultProxy;

/// {"faults":{"delayMs":20,"jitterMs":5,"bytesPerSecond":100000,"stall":"none|up|down|both"},"connection":3}, without
/// "connection" for all, now and later; what is left out of "faults" is off. {"cut":true} or {"cut":3} for one;
/// {"halfOpen":...} likewise; {"refuse":true}; {"connections":true}; {"counters":true}.
/// Answers {"ok":true,...} or {"ok":false,"error":"..."}.
QByteArray obeyed(FaultProxy &proxy, const QByteArray &line);

} // namespace odin
