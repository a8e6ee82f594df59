// Every sentence of the page that a customer reads, in both scripts. Approved wording: change it here and nowhere else.
// {name} is filled in by the code. `problems` are by the `code` of a refused request (see the web chat API).

export const WORDING = {
  hans: {
    title: "理赔助手",
    log: "对话记录",
    skip: "跳到输入框",
    welcome: "您好，我是理赔助手小理。出险报案、补交材料、查询进度、理赔问题，直接告诉我就行。\n有人受伤或有危险，请先拨打 120、119 或 122。",
    starters: ["我要报案", "查理赔进度", "还差什么材料", "转人工"],

    who_bot: "理赔助手", who_agent: "人工客服", who_customer: "我", who_system: "系统提示",
    said: "{who}：", photo_from: "照片：{name}",

    mode_bot: "智能客服", mode_queued: "正在为您转接人工", mode_agent: "人工客服为您服务",
    typing: "正在输入…", reconnecting: "连接断开，正在重连…",
    offline: "网络不可用，恢复后会自动重连；没送达的消息会自动补发。",
    unreachable: "暂时连不上服务器，正在自动重试；没送达的消息会自动补发。",
    session_gone: "原来的会话已失效，已为您打开新的会话，之前的记录不再显示。报案报到一半的，请说“继续报案”或重新告诉我。",
    signed_out: "已退出，本机不再保留对话。重新发消息即可开始新的会话。",

    sending: "发送中", sent: "已送达", failed: "未送达", retry: "重试", edit_again: "重新编辑",
    uploading: "正在上传 {percent}%", cancel_upload: "取消上传",

    placeholder: "请输入您的问题", input: "消息内容", send: "发送",
    more: "更多：照片、拍照、文件", more_close: "收起",
    album: "照片", camera: "拍照", file: "文件", rating_title: "请打分", replies: "可选回复",
    hint_keys: "Enter 发送，Shift+Enter 换行",
    tray: "待发送的文件", tray_remove: "移除 {name}", tray_send: "发送 {count} 个文件", tray_clear: "取消",
    awaiting: {
      incident_time: "例如：昨天下午三点", location: "路名、小区、商场或医院", description: "用一两句话说说经过",
      contact_phone: "11 位手机号", code: "6 位验证码", loss_estimate: "估个数就行，例如 3500",
      policy: "保单号、车牌号或身份证号", material: "点“＋”发照片或 PDF", confirm: "回复“确认”，或说要改哪项",
    },
    pick_time: "选择日期和时间", time_label: "出险的日期和时间", time_use: "填入",
    time_future: "时间不能晚于现在。", panel_close: "关闭",
    add_material: "拍照或上传材料", text_keyboard: "切换到文字键盘", number_keyboard: "切换到数字键盘",
    star: "{count} 星", rating_says: "{count}分",
    stars: ["非常不满意", "不满意", "一般", "满意", "非常满意"],

    newest: "有新消息", to_bottom: "回到最新消息", open_image: "查看大图：{name}", save_file: "下载文件：{name}", close_image: "关闭大图",
    image_gone: "图片无法显示", unnamed: "附件",
    menu: "菜单", menu_human: "转人工", menu_leave: "退出并清除本机对话",
    leave_title: "退出对话？", leave_text: "本机将不再显示这段对话。已经登记的报案不受影响。", leave_yes: "退出", leave_no: "取消",
    close_chat: "关闭聊天窗口",

    yesterday: "昨天", weekdays: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
    date: "{month}月{day}日", date_year: "{year}年{month}月{day}日",
    said_time: "{year}年{month}月{day}日{hour}:{minute}",

    problems: {
      network: "网络不通，连上后自动补发",
      attachment_kind: "只能上传照片（JPEG、PNG、WebP、HEIC）或 PDF 文件。",
      attachment_too_large: "文件太大，单个文件不超过 10 MB。",
      attachment_broken: "文件不完整，可能没有传完，请重新选择。",
      attachment_missing: "文件是空的，请重新选择。",
      attachment_many: "一次最多选 9 个文件，多出的没有添加。",
      too_many_messages: "消息发得太快了，请稍等 {seconds} 秒再发。",
      too_many_sessions: "打开的会话太多了，请稍等 {seconds} 秒再试。",
      not_stored: "系统暂时无法保存，连上后自动补发。",
      server_error: "系统出了点问题，请稍后再试。",
      text_too_long: "一条消息最多 2000 个字，请分成几条发送。",
      unknown_button: "这个按钮已经无效，请直接用文字告诉我。",
      unknown_attachment: "没有找到这个附件，请重新上传。",
      other: "消息没有发送成功，请稍后再试。",
    },
  },

  hant: {
    title: "理賠助手",
    log: "對話記錄",
    skip: "跳到輸入框",
    welcome: "您好，我是理賠助手小理。出險報案、補交材料、查詢進度、理賠問題，直接告訴我就行。\n有人受傷或有危險，請先撥打 120、119 或 122。",
    starters: ["我要報案", "查理賠進度", "還差什麼材料", "轉人工"],

    who_bot: "理賠助手", who_agent: "人工客服", who_customer: "我", who_system: "系統提示",
    said: "{who}：", photo_from: "照片：{name}",

    mode_bot: "智慧客服", mode_queued: "正在為您轉接人工", mode_agent: "人工客服為您服務",
    typing: "正在輸入…", reconnecting: "連線中斷，正在重連…",
    offline: "網路不可用，恢復後會自動重連；沒送達的訊息會自動補發。",
    unreachable: "暫時連不上伺服器，正在自動重試；沒送達的訊息會自動補發。",
    session_gone: "原來的對話已失效，已為您打開新的對話，之前的記錄不再顯示。報案報到一半的，請說「繼續報案」或重新告訴我。",
    signed_out: "已登出，本機不再保留對話。重新發訊息即可開始新的對話。",

    sending: "傳送中", sent: "已送達", failed: "未送達", retry: "重試", edit_again: "重新編輯",
    uploading: "正在上傳 {percent}%", cancel_upload: "取消上傳",

    placeholder: "請輸入您的問題", input: "訊息內容", send: "傳送",
    more: "更多：照片、拍照、檔案", more_close: "收起",
    album: "照片", camera: "拍照", file: "檔案", rating_title: "請評分", replies: "可選回覆",
    hint_keys: "Enter 傳送，Shift+Enter 換行",
    tray: "待傳送的檔案", tray_remove: "移除 {name}", tray_send: "傳送 {count} 個檔案", tray_clear: "取消",
    awaiting: {
      incident_time: "例如：昨天下午三點", location: "路名、社區、商場或醫院", description: "用一兩句話說說經過",
      contact_phone: "11 位手機號", code: "6 位驗證碼", loss_estimate: "估個數就行，例如 3500",
      policy: "保單號、車牌號或身分證號", material: "點「＋」發照片或 PDF", confirm: "回覆「確認」，或說要改哪項",
    },
    pick_time: "選擇日期和時間", time_label: "出險的日期和時間", time_use: "填入",
    time_future: "時間不能晚於現在。", panel_close: "關閉",
    add_material: "拍照或上傳材料", text_keyboard: "切換到文字鍵盤", number_keyboard: "切換到數字鍵盤",
    star: "{count} 星", rating_says: "{count}分",
    stars: ["非常不滿意", "不滿意", "一般", "滿意", "非常滿意"],

    newest: "有新訊息", to_bottom: "回到最新訊息", open_image: "查看大圖：{name}", save_file: "下載檔案：{name}", close_image: "關閉大圖",
    image_gone: "圖片無法顯示", unnamed: "附件",
    menu: "選單", menu_human: "轉人工", menu_leave: "登出並清除本機對話",
    leave_title: "登出對話？", leave_text: "本機將不再顯示這段對話。已經登記的報案不受影響。", leave_yes: "登出", leave_no: "取消",
    close_chat: "關閉聊天視窗",

    yesterday: "昨天", weekdays: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
    date: "{month}月{day}日", date_year: "{year}年{month}月{day}日",
    said_time: "{year}年{month}月{day}日{hour}:{minute}",

    problems: {
      network: "網路不通，連上後自動補發",
      attachment_kind: "只能上傳照片（JPEG、PNG、WebP、HEIC）或 PDF 檔案。",
      attachment_too_large: "檔案太大，單個檔案不超過 10 MB。",
      attachment_broken: "檔案不完整，可能沒有傳完，請重新選擇。",
      attachment_missing: "檔案是空的，請重新選擇。",
      attachment_many: "一次最多選 9 個檔案，多出的沒有加入。",
      too_many_messages: "訊息發得太快了，請稍等 {seconds} 秒再發。",
      too_many_sessions: "打開的對話太多了，請稍等 {seconds} 秒再試。",
      not_stored: "系統暫時無法儲存，連上後自動補發。",
      server_error: "系統出了點問題，請稍後再試。",
      text_too_long: "一則訊息最多 2000 個字，請分成幾則傳送。",
      unknown_button: "這個按鈕已經無效，請直接用文字告訴我。",
      unknown_attachment: "沒有找到這個附件，請重新上傳。",
      other: "訊息沒有傳送成功，請稍後再試。",
    },
  },
};
