// Configuration files: a file that is read can be written and read again, and one that is not is an error with a place.
#include "app/settingsources.h"
#include "tests/fuzz/fuzz.h"

using namespace odin;
using fuzz::require;

namespace {

bool isSame(const Settings &one, const Settings &other)
{
    return one.size() == other.size()
        && std::equal(one.begin(), one.end(), other.begin(), [](const auto &a, const auto &b) {
               return a.first == b.first && a.second.text == b.second.text;
           });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto read = settingsFromText(fuzz::view(data, size).toByteArray(), QStringLiteral("file"));
    if (!read) {
        require(read.error().text.startsWith(QStringLiteral("file")), "an error names its place");
        return 0;
    }
    for (const auto &[name, value] : read.value())
        require(settingInfo(name), "only settings that exist");
    const auto again = settingsFromText(settingsFileText(read.value()).toUtf8(), QStringLiteral("again"));
    require(again.ok() && isSame(read.value(), again.value()), "what is written is what was read");
    (void)printedSettings(read.value());
    return 0;
}
