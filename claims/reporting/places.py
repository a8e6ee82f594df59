"""Places that nobody can drive to: taken as the answer to "where", not when they are mentioned in passing, and given up
for an exact one. In both scripts: a place is kept as the customer wrote it."""

from __future__ import annotations

import re

_WHOSE = "(?:我|我们|我們|咱|咱们|俺|自己|自家|他|他们|她|对方|對方)?(?:的)?"
_KINDS = (
    "家|楼|樓|店|门店|門店|店铺|店鋪|厨房|廚房|客厅|客廳|卧室|臥室|卫生间|衛生間|浴室|阳台|陽台|陽臺|小区|小區|社区|社區|地库|地庫|车库|車庫"
    "|地下车库|地下車庫|停车场|停車場|停车位|停車位|马路|馬路|路|街|路口|高速|公路|公司|单位|單位|学校|學校|工厂|工廠|厂|廠|厂房|廠房|仓库|倉庫"
    "|后厨|後廚|房间|房間|洗手间|洗手間|办公室|辦公室|车间|車間|大堂|大厅|大廳"
    "|工地|医院|醫院|商场|商場|超市|饭店|飯店|酒店|餐厅|餐廳|村|地铁站|地鐵站|车站|車站|菜市场|菜市場"
)
_WHERE = (
    "(?:里面|裡面|里|裡|内|內|外面|外|上|下|下面|边|邊|边上|旁|旁边|旁邊|附近|门口|門口|大门口|楼下|樓下|楼上|樓上|楼道|樓道"
    "|对面|對面|后面|後面|前面|那边|那邊)*"
)
_ROOM = "(?:后厨|後廚|厨房|廚房|客厅|客廳|卧室|臥室|卫生间|衛生間|浴室|阳台|陽台|陽臺)"
_VAGUE = re.compile(
    rf"{_WHOSE}{_ROOM}[^\d路街号號栋棟楼樓]{{0,6}}|{_WHOSE}(?:(?:{_KINDS}){_WHERE})+|门口|門口|楼下|樓下|楼上|樓上"
)


def is_vague(place: str) -> bool:
    """Whether a place says only what kind of place it was ("路边", "我家楼下", "小区门口")."""
    return _VAGUE.fullmatch(place) is not None
