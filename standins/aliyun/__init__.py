"""A stand-in of a domestic text message gateway in the style of Aliyun: SendSms here, SmsUp and SmsReport to us."""
