// What a connection to the bus is secured with, in the words of cnats. Pure but for reading the files; any thread.
#pragma once

#include "core/model/securityconfig.h"

#include <nats/nats.h>

#include <QByteArray>

namespace odin {

/// Certificates of whom we trust, and of ours. What it says about files that are not good stands in natsErrorText().
natsStatus loadCertificates(natsOptions *options, const BusSecurity &security);

/// TLS, where the URL or the certificates ask for it, and credentials.
natsStatus secure(natsOptions *options, const QByteArray &url, const BusSecurity &security);

} // namespace odin
