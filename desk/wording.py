"""What the staff API says to people, in Chinese: refusals, and the names of steps."""

from claims.lifecycle import STATE_NAMES
from claims.vocabulary import ClaimState

SENTENCES: dict[str, str] = {
    "no_account": "没有登录或令牌已失效，请用 lipei staff token 取得新的令牌。",
    "not_entitled": "您的角色没有这项权限。",
    "not_found": "没有找到。",
    "method": "这个地址不支持这种操作。",
    "bad_request": "请求的格式不对，请对照 /api/staff/docs。",
    "bad_input": "输入有误：{reason}",
    "unknown_step": "没有“{step}”这一步。可用的步骤：{steps}。",
    "step_not_allowed": "案件现在是“{state}”，不能直接到“{to}”。现在可以：{allowed}。",
    "final_state": "案件已经“{state}”，没有后续步骤。",
    "grounds_needed": "不予赔付必须写明理由（reason），客户会看到这段话。",
    "amount_needed": "给出赔付金额时需要填写金额（amount）。",
    "reason_needed": "退回材料必须写明原因（reason），客户会看到这段话。",
    "owned_by_other": "{owner}正在处理这个会话，您不能同时发言；主管可以改派。",
    "attachment_kind": "只能发送照片（JPEG、PNG、WebP、HEIC）或 PDF 文件。",
    "attachment_broken": "文件不完整，请重新选择。",
    "attachment_missing": "没有收到文件。",
    "too_large": "内容太大，无法接收。",
    "database_down": "数据库暂时不可用，操作没有保存，请稍后再试。",
    "server_error": "系统出了点问题，请稍后再试。",
}


def step_name(state: ClaimState) -> str:
    """收集材料（materials）: the name people read and the word the API takes."""
    return f"{STATE_NAMES[state]}（{state.value}）"
