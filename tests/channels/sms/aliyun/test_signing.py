"""The signature of the provider's RPC interface, by the example of its documents."""

from __future__ import annotations

from channels.sms.aliyun.signing import signature, signed


def test_the_example_of_the_providers_documents() -> None:
    """https://help.aliyun.com/zh/sdk/product-overview/rpc-mechanism, "签名示例" (key testid, secret testsecret)."""
    parameters = {
        "Timestamp": "2016-02-23T12:46:24Z",
        "Format": "XML",
        "AccessKeyId": "testid",
        "Action": "DescribeRegions",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
        "Version": "2014-05-26",
        "SignatureVersion": "1.0",
    }
    assert signature(parameters, "testsecret", "GET") == "OLeaidS1JvxuMvnyHOwuJ+uX5qY="


def test_every_request_has_a_nonce_of_its_own_and_its_signature_covers_everything() -> None:
    first, second = (signed({"Action": "SendSms"}, "id", "secret") for _ in range(2))
    assert first["SignatureNonce"] != second["SignatureNonce"]
    given = first.pop("Signature")
    assert given == signature(first, "secret")
    assert given != signature({**first, "Action": "SendBatchSms"}, "secret")
