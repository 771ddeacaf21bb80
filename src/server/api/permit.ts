/**
 * Asks the one place that decides (`domain/permission`) whether whoever calls may do what a door does.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";
import {
  type Here,
  may,
  type Permission,
  permissionSchema,
  type Touched,
  type Verdict,
} from "../../domain/permission.js";
import type { Caller } from "./access.js";
import type { Need, Needs } from "./route.js";

/** Whether this caller may do one thing. */
export function verdictOf(caller: Caller, permission: Permission, touched: Touched, here: Here): Verdict {
  for (const grants of caller.grants) {
    const verdict = may(grants, permission, touched, here);
    if (!verdict.may) return verdict;
  }
  return { may: true };
}

/**
 * Lets the call through or refuses it.
 *
 * @throws Fault "forbidden", reason `not-permitted`, or `proof-needed` when who sits there must be proven anew
 */
export function permit<C>(needs: Needs<C>, caller: Caller | undefined, call: C, here: Here): void {
  if (needs === "nothing") return;
  if (caller === undefined) throw noCaller();
  if (needs === "self") return;
  if (needs === "proven") {
    if (!caller.isFresh) throw proofNeeded();
    return;
  }
  if (needs === "known") {
    if (!mayAnything(caller, here)) throw nobodyToday();
    return;
  }
  const permissions = [needs.permission].flat();
  // Whoever may not do it at all learns nothing of what is there.
  demand(caller, permissions, { areas: "anywhere" }, here);
  for (const touched of touchedBy(needs, call)) demand(caller, permissions, touched, here);
  const isDangerous = typeof needs.fresh === "function" ? needs.fresh(call) : needs.fresh === true;
  if (isDangerous && !caller.isFresh) throw proofNeeded();
}

/** One of the permissions, for all that is touched. @throws Fault with what is missing of the first */
function demand(caller: Caller, permissions: readonly Permission[], touched: Touched, here: Here): void {
  const verdicts = permissions.map((permission) => verdictOf(caller, permission, touched, here));
  const refusal = verdicts.find((verdict) => !verdict.may);
  if (refusal === undefined || refusal.may || verdicts.some((verdict) => verdict.may)) return;
  throw caller.isLimited ? secondFactorNeeded() : new Fault("forbidden", refusal.words, { reason: "not-permitted" });
}

/** Whether any role is in force today. */
const mayAnything = (caller: Caller, here: Here) =>
  permissionSchema.options.some((permission) => verdictOf(caller, permission, { areas: "anywhere" }, here).may);

function touchedBy<C>({ touches }: Need<C>, call: C): readonly Touched[] {
  if (touches === "anywhere" || touches === "station") return [{ areas: touches }];
  const touched = touches(call);
  if ("areas" in touched) return [touched];
  // What touches nothing that is there still needs the right: an empty list must not be an open door.
  return touched.length === 0 ? [{ areas: "anywhere" }] : touched;
}

export const noCaller = () =>
  new Fault(
    "forbidden",
    {
      vi: "Cần đăng nhập, hoặc mã của đài (Authorization: Bearer …). Không có gì thay đổi.",
      en: "Log in, or send the station's token (Authorization: Bearer …). Nothing has changed.",
    },
    { reason: "no-token" },
  );

const nobodyToday = () =>
  new Fault(
    "forbidden",
    {
      vi: "Tài khoản này hiện chưa có vai trò nào, hoặc vai trò đã hết hạn. Hãy nhờ người quản lý tài khoản giao vai trò.",
      en: "This account has no role today. Ask whoever manages accounts to give it one.",
    },
    { reason: "not-permitted" },
  );

const proofNeeded = () =>
  new Fault(
    "forbidden",
    {
      vi: "Việc này quan trọng nên cần xác nhận lại chính bạn đang ngồi máy: hãy nhập lại mật khẩu hoặc mã xác thực. Không có gì thay đổi.",
      en: "This matters, so show again that it is you: enter your password or code once more. Nothing has changed.",
    },
    { reason: "proof-needed" },
  );

const secondFactorNeeded = () =>
  new Fault(
    "forbidden",
    {
      vi: "Đài này yêu cầu yếu tố thứ hai để duyệt, phát và cấu hình. Hãy thêm mã trên điện thoại hoặc khóa truy cập vào tài khoản của bạn. Không có gì thay đổi.",
      en: "This station wants a second factor of whoever approves, airs or configures. Add codes of your telephone or a passkey to your account. Nothing has changed.",
    },
    { reason: "second-factor-needed" },
  );
