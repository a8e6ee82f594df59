"""Texts that leave the core without passing through the dialogue engine. Reviewed like domain.yml."""

ONE_TIME_CODE = (
    "【理赔助手】验证码 {code}，{minutes}分钟内有效，用于查询理赔信息。工作人员不会向您索要验证码，请勿告诉他人。"
)
