/**
 * What is done once when a restored station opens: a backup brings back what was taken away since it was made, so everybody
 * enters anew, and what cannot be asked for anew is named for somebody to look at.
 *
 * @module
 */
import type { Words } from "../base/errors.js";
import type { Log } from "../base/log.js";
import { restoredMark, unmarkRestored } from "./backup/restored-mark.js";
import type { AsRunLog, Store } from "./store/index.js";

/** What was ended, and what goes on. */
export interface Restoration {
  /** When the backup was made, ISO 8601; unknown when the mark of the restore could not be read. */
  readonly madeAt: string | undefined;
  readonly sessions: number;
  readonly invitations: number;
  readonly pairingCodes: number;
  /** Tokens of programs that still hold. */
  readonly programs: readonly { readonly id: string; readonly name: string; readonly account: string }[];
  /** All of it for the person at the console. */
  readonly words: Words;
}

export interface AfterRestoreParts {
  readonly folder: string;
  readonly store: Pick<Store, "accounts" | "sessions" | "programs" | "receivers">;
  readonly asRun: Pick<AsRunLog, "event">;
  /** Civil milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Ends sessions, invitations and codes for pairing that came back with a backup. To be called before anybody can enter.
 * Interrupted, it is done again.
 *
 * @returns `undefined` when the station was not restored since it was last opened
 * @throws Fault "unavailable" when the disk refuses: then nobody may enter
 */
export async function endWhatCameBack(parts: AfterRestoreParts): Promise<Restoration | undefined> {
  const { folder, store, asRun, log } = parts;
  const mark = await restoredMark(folder);
  if (mark === undefined) return undefined;
  const sessions = store.sessions.all();
  const invited = store.accounts.all().filter(({ invitation }) => invitation !== undefined);
  const pairing = store.receivers.all().filter((receiver) => receiver.pairing !== undefined);
  await store.sessions.commit(sessions.map(({ id }) => ({ delete: id })));
  await store.accounts.commit(invited.map(({ invitation: _ended, ...rest }) => ({ put: rest })));
  await store.receivers.commit(pairing.map(({ pairing: _ended, ...rest }) => ({ put: rest })));
  const programs = store.programs
    .all()
    .filter(({ expiresAt }) => expiresAt > parts.now())
    .map(({ id, name, account }) => ({ id, name, account }));
  const found = {
    ...{ madeAt: mark.madeAt, sessions: sessions.length, invitations: invited.length },
    ...{ pairingCodes: pairing.length, programs },
  };
  asRun.event({ kind: "station.restored", detail: { ...found, programs: programs.map(({ id }) => id) } });
  log.warn("station.restored", { ...found, programs: programs.length });
  await unmarkRestored(folder);
  return { ...found, words: wordsOf(found) };
}

function wordsOf({ madeAt, sessions, invitations, pairingCodes, programs }: Omit<Restoration, "words">): Words {
  const names = programs.map(({ name, account }) => `«${name}» (${account})`).join(", ");
  return {
    vi:
      `Đài vừa được khôi phục từ bản sao lưu${madeAt === undefined ? "" : ` lúc ${madeAt}`}. ` +
      `Đã kết thúc ${sessions} phiên đăng nhập, ${invitations} thư mời, ${pairingCodes} mã ghép loa: mọi người đăng nhập lại, thư mời gửi lại. ` +
      "Tài khoản, mật khẩu, mã dự phòng, quyền và thiết bị trở về như lúc sao lưu: hãy xem lại, ai đã nghỉ thì khóa lại. " +
      (programs.length === 0 ? "" : `Mã của chương trình vẫn dùng được, hãy xem lại và xóa mã thừa: ${names}.`),
    en:
      `The station was restored from a backup${madeAt === undefined ? "" : ` of ${madeAt}`}. ` +
      `${sessions} sessions, ${invitations} invitations and ${pairingCodes} pairing codes were ended: everybody logs in again, invitations are sent again. ` +
      "Accounts, passwords, codes on paper, roles and devices are as they were then: look through them, and close those that were closed since. " +
      (programs.length === 0
        ? ""
        : `Tokens of programs still hold; look through them and remove what is not needed: ${names}.`),
  };
}
