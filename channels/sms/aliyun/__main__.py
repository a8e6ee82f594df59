"""`python -m channels.sms.aliyun`: the addresses to enter in the provider's console, with the token if one is set."""

import sys

from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.sms.aliyun.setup import PATH
from lipei.settings import get_settings

if __name__ == "__main__":
    own = AliyunSmsSettings.read()
    if not own.on:
        sys.exit(own.state())
    query = f"?token={own.push_token}" if own.push_token else ""
    for name, path in (("SmsUp", PATH), ("SmsReport", f"{PATH}/report")):
        sys.stdout.write(f"{name}\t{get_settings().public_url}{path}{query}\n")
