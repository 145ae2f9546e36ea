// Exposition: builds metric families one after the other, and writes them as Prometheus text.
// Thread: confined to its maker's. Owner: metricsText(), for one answer.
#pragma once

#include "core/base/histogram.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <QByteArray>

#include <vector>

namespace odin {

class Exposition
{
public:
    void counter(const char *name, const char *help, double value)
    {
        open(name, help, prometheus::MetricType::Counter);
        m_families.back().metric.emplace_back().counter.value = value;
    }

    void gauge(const char *name, const char *help, double value)
    {
        open(name, help, prometheus::MetricType::Gauge);
        m_families.back().metric.emplace_back().gauge.value = value;
    }

    void open(const char *name, const char *help, prometheus::MetricType type)
    {
        m_families.push_back({name, help, type, {}});
    }

    /// Of the counter family opened last.
    void labelled(const char *label, const char *value, double count)
    {
        prometheus::ClientMetric metric;
        metric.label.push_back({label, value});
        metric.counter.value = count;
        m_families.back().metric.push_back(std::move(metric));
    }

    void latency(const char *name, const char *help, const HistogramSnapshot &histogram)
    {
        open(name, help, prometheus::MetricType::Summary);
        fill(m_families.back().metric.emplace_back().summary, histogram);
    }

    /// Of the summary family opened last.
    void labelledLatency(const char *label, const char *value, const HistogramSnapshot &histogram)
    {
        auto &metric = m_families.back().metric.emplace_back();
        metric.label.push_back({label, value});
        fill(metric.summary, histogram);
    }

    QByteArray text() const { return QByteArray::fromStdString(prometheus::TextSerializer().Serialize(m_families)); }

private:
    static void fill(prometheus::ClientMetric::Summary &summary, const HistogramSnapshot &histogram)
    {
        summary.sample_count = histogram.count();
        summary.sample_sum = histogram.meanMicros() * double(histogram.count()) / 1e6;
        for (const double p : {50.0, 90.0, 99.0, 99.9})
            summary.quantile.push_back({p / 100, double(histogram.percentile(p).count()) / 1e6});
    }

    std::vector<prometheus::MetricFamily> m_families;
};

} // namespace odin
