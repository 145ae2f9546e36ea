// Passwords in settings: hidden wherever a setting is shown, and taken from where `ps` shows them.
// Pure but for hideSecrets(), which is for the start of main(). Main thread.
#pragma once

#include <QString>
#include <QStringView>

namespace odin {

/// A setting's value for people: nats://user:***@host:4222, or ***@ in place of a token.
QString withoutSecrets(QStringView setting, const QString &value);

/// Overwrites the passwords of URLs in the arguments themselves. Everything must have read them before.
void hideSecrets(int argc, char **argv);

} // namespace odin
