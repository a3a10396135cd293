// The settings of what the desk uses of others: the provider of sign-in, the mail server, Kafka.
#pragma once

#include "alerts/settings/mail_settings.h"
#include "alerts/settings/openid_settings.h"
#include "alerts/settings/setting_reader.h"
#include "store/kafka/settings.h"

namespace vroegsein {

struct Installation;

// Of the whole file. REQUIRES: the installation's municipalities are read.
OpenIdSettings ReadOpenId(SettingReader* file, const Installation& installation);
MailSettings ReadMail(SettingReader* file);
KafkaSettings ReadKafka(SettingReader* file);

}  // namespace vroegsein
