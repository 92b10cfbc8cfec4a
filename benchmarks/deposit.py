"""Hand in many dossiers at once, over HTTP, as browsers do."""

import http.client
import re
from urllib.parse import urlencode

from benchmarks.load import Page
from benchmarks.serving import Server

# Each request hands in another draft; whatever does not lead to a receipt is a failure.
SCRIPT = """
local sent, drafts = 0, {}
for code in CODES:gmatch("%S+") do drafts[#drafts + 1] = code end
request = function()
  sent = sent + 1
  local code = drafts[sent] or "no-draft-left"
  return wrk.format("POST", "/programme/dossiers/" .. code .. "/deposer/", nil, BODY)
end
response = function(status, headers)
  if status ~= 302 or not (headers["Location"] or ""):find("/recepisse/$") then
    bad = bad + 1
  end
end
"""


def deposits(server: Server, codes: list[str], cookie: str) -> Page:
    """Return the load that hands in drafts, one with each request."""
    path = f"/programme/dossiers/{codes[0]}/"
    kept, form = _token(server.address, path, cookie)
    body = urlencode({"csrfmiddlewaretoken": form, "agree": "on"})
    headers = {
        "Cookie": f"{cookie}; csrftoken={kept}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    script = f'CODES = "{" ".join(codes)}"\nBODY = "{body}"\n{SCRIPT}'
    return Page(path, headers, script=script)


def _token(address: str, path: str, cookie: str) -> tuple[str, str]:
    link = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    link.request("GET", path, headers={"Cookie": cookie})
    answer = link.getresponse()
    page = answer.read().decode()
    kept = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
    form = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if not (kept and form):
        raise SystemExit(f"No form at {path}: {answer.status}")
    return kept[1], form[1]
