/**
 * What is around every page: where one can go, what sounds now, who sits here.
 *
 * @module
 */
import type { ComponentType } from "preact";
import { lazy, Suspense } from "preact/compat";
import { useEffect, useErrorBoundary } from "preact/hooks";
import type { Permission } from "../../domain/permission.js";
import { WaitingCount } from "./approve/waiting.js";
import { chooseLanguage } from "./choices.js";
import { ComplaintCount } from "./complaints/open-complaints.js";
import { DoorDialog } from "./door.js";
import { Shortcuts } from "./keys.js";
import { LeaveDialog } from "./leaving.js";
import { now, picture, zone } from "./live/line.js";
import { NowBar } from "./live/now-bar.js";
import { Link, path } from "./paths.js";
import { ProofDialog } from "./proof.js";
import { RecallQuestion } from "./recall/recall-button.js";
import { areas, mayDo, self, unlearned } from "./session.js";
import { Today } from "./today/page.js";
import { bilingual, language } from "./words/language.js";
import { localDateOf } from "./words/times.js";

const words = bilingual(
  {
    skip: "Đến nội dung",
    pages: "Các trang",
    today: "Hôm nay",
    compose: "Soạn thông báo",
    approve: "Chờ duyệt",
    library: "Thư viện",
    playlists: "Danh sách phát",
    week: "Lịch tuần",
    loudspeakers: "Loa",
    complaints: "Phản ánh",
    speak: "Nói trực tiếp",
    map: "Bản đồ",
    wall: "Màn hình trực ban",
    start: "Thiết lập lần đầu",
    emergency: "Khẩn cấp",
    levels: "Cấp độ",
    log: "Nhật ký",
    report: "Báo cáo",
    people: "Người và vai trò",
    settings: "Cài đặt",
    me: "Tài khoản của tôi",
    leave: "Đăng xuất",
    other: "English",
    loading: "Đang mở…",
    nowhere: "Không có trang này, hoặc bạn không dùng trang này.",
    broken: "Không mở được trang này. Loa và lịch vẫn chạy.",
    again: "Tải lại",
  },
  {
    skip: "To the content",
    pages: "Pages",
    today: "Today",
    compose: "Write",
    approve: "To approve",
    library: "Library",
    playlists: "Playlists",
    week: "Week",
    loudspeakers: "Loudspeakers",
    complaints: "Complaints",
    speak: "Speak live",
    map: "Map",
    wall: "Duty-room screen",
    start: "First steps",
    emergency: "Emergency",
    levels: "Alert levels",
    log: "Log",
    report: "Report",
    people: "People and roles",
    settings: "Settings",
    me: "My account",
    leave: "Log out",
    other: "Tiếng Việt",
    loading: "Opening…",
    nowhere: "There is no such page, or it is not for you.",
    broken: "This page could not be opened. Loudspeakers and schedules go on.",
    again: "Load again",
  },
);

interface Page {
  readonly at: string;
  readonly title: () => string;
  readonly shows: ComponentType;
  /** How much waits there, beside its name in the menu. */
  readonly count?: ComponentType;
  /** It is in the menu of whoever may do one of these somewhere; of everybody when left out. */
  readonly needs?: readonly Permission[];
}

/** Whoever is told of loudspeakers. */
const SEES_LOUDSPEAKERS: readonly Permission[] = ["inspect", "air", "stop"];

/** In the order of the menu. All but the first are fetched when they are opened. */
const PAGES: readonly Page[] = [
  { at: "/", title: () => words().today, shows: Today },
  {
    ...{ at: "/compose", title: () => words().compose, needs: ["compose", "air"] },
    shows: lazy(() => import("./compose/page.js")),
  },
  {
    ...{ at: "/approve", title: () => words().approve, needs: ["approve"], count: WaitingCount },
    shows: lazy(() => import("./approve/page.js")),
  },
  { at: "/library", title: () => words().library, shows: lazy(() => import("./library/page.js")) },
  { at: "/playlists", title: () => words().playlists, shows: lazy(() => import("./playlists/page.js")) },
  { at: "/week", title: () => words().week, shows: lazy(() => import("./week/page.js")) },
  { at: "/loudspeakers", title: () => words().loudspeakers, shows: lazy(() => import("./loudspeakers/page.js")) },
  {
    ...{ at: "/complaints", title: () => words().complaints, needs: ["inspect", "air"], count: ComplaintCount },
    shows: lazy(() => import("./complaints/page.js")),
  },
  { at: "/micro", title: () => words().speak, needs: ["air"], shows: lazy(() => import("./speak/page.js")) },
  { at: "/map", title: () => words().map, needs: SEES_LOUDSPEAKERS, shows: lazy(() => import("./map/page.js")) },
  {
    ...{ at: "/emergency", title: () => words().emergency, needs: ["air", "approve"] },
    shows: lazy(() => import("./emergency/page.js")),
  },
  {
    at: "/levels",
    title: () => words().levels,
    needs: ["approve", "inspect"],
    shows: lazy(() => import("./levels/page.js")),
  },
  { at: "/log", title: () => words().log, needs: ["inspect"], shows: lazy(() => import("./log/page.js")) },
  { at: "/report", title: () => words().report, needs: ["inspect"], shows: lazy(() => import("./report/page.js")) },
  { at: "/people", title: () => words().people, needs: ["configure"], shows: lazy(() => import("./people/page.js")) },
  {
    at: "/settings",
    title: () => words().settings,
    needs: ["configure"],
    shows: lazy(() => import("./settings/page.js")),
  },
];
/** Reached by one's own name. */
const ME: Page = { at: "/me", title: () => words().me, shows: lazy(() => import("./me/page.js")) };
/** Reached from other pages. */
const OTHERS: readonly Page[] = [
  { at: "/start", title: () => words().start, needs: ["configure"], shows: lazy(() => import("./start/page.js")) },
  { at: "/wall", title: () => words().wall, needs: SEES_LOUDSPEAKERS, shows: lazy(() => import("./wall/page.js")) },
];

const pageAt = (here: string) =>
  [...PAGES, ME, ...OTHERS].find(({ at }) => at === here || (at !== "/" && here.startsWith(`${at}/`)));

function isForSelf({ needs }: Page): boolean {
  const today = localDateOf(now.value, zone.value);
  return needs?.some((permission) => mayDo(permission, { areas: "anywhere" }, today)) ?? true;
}

export function Shell() {
  const say = words();
  const page = pageAt(path.value);
  const station = picture.value?.station.name;
  // Every page may rely on what the station has told of itself, and on who sits here.
  const isReady = picture.value !== undefined && self.value !== undefined && areas.value.size > 0;
  const title = [page?.title(), station, "Loa Phường"].filter((part) => part !== undefined).join(" – ");
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <>
      <a class="skip" href="#content">
        {say.skip}
      </a>
      <NowBar />
      <ProofDialog />
      <RecallQuestion />
      <LeaveDialog />
      <DoorDialog />
      <header class="head">
        <p class="station">{station ?? "Loa Phường"}</p>
        <nav aria-label={say.pages}>
          <ul>
            {PAGES.filter(isForSelf).map(({ at, title: name, count: Count }) => (
              <li key={at}>
                <Link to={at}>
                  {name()}
                  {Count && <Count />}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <Who />
      </header>
      <main id="content" tabIndex={-1}>
        <Suspense fallback={<p aria-busy="true">{say.loading}</p>}>
          {!isReady && unlearned.value === undefined && <p aria-busy="true">{say.loading}</p>}
          {!isReady && unlearned.value !== undefined && <p role="alert">{unlearned.value}</p>}
          {isReady && (page && isForSelf(page) ? <Guarded key={page.at} of={page} /> : <p>{say.nowhere}</p>)}
        </Suspense>
      </main>
    </>
  );
}

/** A page that could not be fetched, or broke, says so in place of itself; everything around it goes on. */
function Guarded({ of }: { readonly of: Page }) {
  const [broken] = useErrorBoundary();
  const say = words();
  if (broken === undefined) return <of.shows />;
  return (
    <p role="alert">
      {say.broken}{" "}
      <button type="button" class="quiet" onClick={() => location.reload()}>
        {say.again}
      </button>
    </p>
  );
}

function Who() {
  const say = words();
  const name = self.value?.name;
  return (
    <div class="who">
      {name !== undefined && (
        <Link to={ME.at}>
          <span class="unseen">{say.me}:</span> {name}
        </Link>
      )}
      <button type="button" class="quiet" onClick={() => chooseLanguage(language.value === "vi" ? "en" : "vi")}>
        {say.other}
      </button>
      <Shortcuts />
      <form method="post" action="/log-out">
        <button type="submit" class="quiet">
          {say.leave}
        </button>
      </form>
    </div>
  );
}
