import { browserAt } from "./browser.js";
import { PASSWORD } from "./some-accounts.js";
import type { WholeHouse } from "./whole-house.js";

/** Two people who have entered a fresh station: the one who set it up, and a contributor whom they invited by `link`. */
export async function twoInside(house: WholeHouse) {
  const owner = browserAt(house);
  const drafter = browserAt(house);
  const { secret } = house.server.accounts.newSetUpLink();
  await owner.ask("POST", "/api/v1/set-up", { link: secret, name: "Chủ đài", password: PASSWORD });
  const roles = [{ role: "contributor", area: "phuong" }];
  const invited = await owner.ask("POST", "/api/v1/accounts", { id: "cong-tac-vien", name: "Cộng tác viên", roles });
  const link = new URL(invited.json.path, house.server.url).searchParams.get("link");
  await drafter.ask("POST", "/api/v1/invitations/acceptance", { link, password: PASSWORD });
  return { owner, drafter, link };
}
