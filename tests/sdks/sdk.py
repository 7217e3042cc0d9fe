"""Meta's Python SDK against the sandbox: create, list, look up, accept, and a 422."""

import sys

from facebook_business.adobjects.application import Application
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

FacebookSession.GRAPH = sys.argv[1]
api = FacebookAdsApi.init(access_token="any", crash_log=False)
owner = Application("1234567890123456", api=api)
request = {
    "solution_name": "From Python",
    "owner_permissions": ["MESSAGING"],
    "partner_app_id": "9876543210987654",
    "partner_permissions": [],
}

created = owner.create_whats_app_business_solution(params=request)
solution = created["solution_id"]
listed = api.call("GET", (owner["id"], "whatsapp_business_solutions"), {"role": "OWNER"}).json()
assert [one["id"] for one in listed["data"] if one["name"] == "From Python"] == [solution], listed
edge = owner.get_whats_app_business_solutions(params={"role": "OWNER"})
assert solution in [one["id"] for one in edge], edge

shown = api.call("GET", (solution,), {"fields": "status,owner_permissions"}).json()
assert shown["status"] == "INITIATED" and "MESSAGING" in shown["owner_permissions"], shown
accepted = api.call("POST", (solution, "accept"), {"partner_app_id": "9876543210987654"}).json()
assert accepted["success"] is True and accepted["partner_status"] == "ACCEPTED", accepted
assert api.call("GET", (solution,), {"fields": "status"}).json()["status"] == "ACTIVE"

try:
    owner.create_whats_app_business_solution(params={**request, "owner_permissions": []})
    raise SystemExit("a request without MESSAGING was not refused")
except FacebookRequestError as error:
    assert (error.http_status(), error.api_error_code()) == (422, 100), error
print("Python SDK: created, listed, looked up and accepted a solution, and met the 422")
