/**
 * Nhật ký: prove what was heard where, and who did what.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { LogLineView, LogPageView } from "../../../server/api/log-views.js";
import { ask, sentenceOf } from "../ask.js";
import { now, picture, zone } from "../live/line.js";
import { AreaChoice } from "../pieces/area-choice.js";
import { DateField } from "../pieces/date-field.js";
import { useFetched } from "../pieces/fetched.js";
import type { Recallable } from "../recall/recall.js";
import { RecallButton } from "../recall/recall-button.js";
import { areas } from "../session.js";
import { told } from "../words/language.js";
import { exactMoment, localDateOf } from "../words/times.js";
import { ChainCheck } from "./chain-check.js";
import "./log.css";
import { words } from "./words.js";

const DAY_MS = 86_400_000;
/** Lines that are fetched at once. */
const PAGE = 200;

/** What is looked for; empty fields say nothing. */
interface Wish {
  readonly from: string;
  readonly until: string;
  readonly area: string;
  readonly receiver: string;
  readonly person: string;
  readonly directive: string;
  readonly announcement: string;
  readonly why: string;
}

const fetchTitles = () => ask<readonly Recallable[]>("GET", "/announcements");

const queryOf = (wish: Wish, more: Readonly<Record<string, string>>) =>
  new URLSearchParams([
    ...Object.entries(wish).filter(([, value]) => value.trim() !== ""),
    ...Object.entries(more),
  ]).toString();

export default function Log() {
  const say = words();
  const [wish, setWish] = useState<Wish>({
    ...{ from: localDateOf(now.value - DAY_MS, zone.value), until: "" },
    ...{ area: "", receiver: "", person: "", directive: "", announcement: "", why: "" },
  });
  const [found, setFound] = useState<{
    readonly wish: Wish;
    readonly lines: readonly LogLineView[];
    readonly next?: number | undefined;
  }>();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const fetchMore = async (asked: Wish, before: readonly LogLineView[], after: number) => {
    if (busy) return;
    setBusy(true);
    setWrong(undefined);
    try {
      const query = queryOf(asked, { after: String(after), limit: String(PAGE) });
      const { lines, next } = await ask<LogPageView>("GET", `/log?${query}`);
      setFound({ wish: asked, lines: [...before, ...lines], next });
    } catch (thrown) {
      setWrong(sentenceOf(thrown));
    } finally {
      setBusy(false);
    }
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    await fetchMore(wish, [], 0);
  };
  return (
    <>
      <h1>{say.title}</h1>
      <WishForm wish={wish} onChange={setWish} onSubmit={submit} busy={busy} />
      <div class="buttons">
        <a class="main-action" href={`/api/v1/log/export?${queryOf(wish, { format: "csv" })}`} download>
          {say.csv}
        </a>
        <ChainCheck />
      </div>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {found && (
        <>
          <p role="status">{found.lines.length === 0 ? say.none : say.count(found.lines.length)}</p>
          {found.lines.length > 0 && <Lines lines={found.lines} />}
          {found.next !== undefined && (
            <button
              type="button"
              class="secondary"
              aria-disabled={busy}
              onClick={() => fetchMore(found.wish, found.lines, found.next ?? 0)}
            >
              {say.more}
            </button>
          )}
        </>
      )}
    </>
  );
}

interface WishFormProps {
  readonly wish: Wish;
  readonly onChange: (wish: Wish) => void;
  readonly onSubmit: (event: Event) => Promise<void>;
  readonly busy: boolean;
}

function WishForm({ wish, onChange, onSubmit, busy }: WishFormProps) {
  const say = words();
  const announcements = useFetched(fetchTitles, [], ["announcements"]);
  const field = (name: keyof Wish) => ({
    value: wish[name],
    onChange: ({ currentTarget }: { readonly currentTarget: HTMLInputElement | HTMLSelectElement }) =>
      onChange({ ...wish, [name]: currentTarget.value }),
  });
  return (
    <form onSubmit={onSubmit} class="wish">
      <DateField label={say.from} value={wish.from} isOptional onChange={(from) => onChange({ ...wish, from })} />
      <DateField label={say.until} value={wish.until} isOptional onChange={(until) => onChange({ ...wish, until })} />
      <AreaChoice
        label={say.area}
        value={wish.area}
        everything={say.everywhere}
        onChoose={(area) => onChange({ ...wish, area })}
      />
      <label>
        {say.receiver}
        <select {...field("receiver")}>
          <option value="">{say.everyone}</option>
          {[...(picture.value?.receivers.values() ?? [])].map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say.person}
        <input maxLength={120} {...field("person")} />
      </label>
      <label>
        {say.directive}
        <input maxLength={200} {...field("directive")} />
      </label>
      <label>
        {say.announcement}
        <select {...field("announcement")}>
          <option value="">{say.everything}</option>
          {announcements.value?.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say.why}
        <input maxLength={500} {...field("why")} />
      </label>
      <button type="submit" aria-disabled={busy}>
        {say.search}
      </button>
    </form>
  );
}

function Lines({ lines }: { readonly lines: readonly LogLineView[] }) {
  const say = words();
  const all = useFetched(fetchTitles, [], ["announcements"]);
  const titles = new Map<string, string>(all.value?.map(({ id, title }) => [id, title]));
  return (
    <table class="log">
      <caption class="unseen">{say.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{say.when}</th>
          <th scope="col">{say.what}</th>
          <th scope="col">{say.whereAt}</th>
          <th scope="col">{say.who}</th>
          <th scope="col">{say.why}</th>
          <th scope="col">{say.number}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.n}>
            <td>{exactMoment(line.at, zone.value)}</td>
            <td>
              {told(line.what)}
              {line.announcements?.map((id) => (
                <RecallButton key={id} announcement={{ id, title: titles.get(id) ?? id }} isNamed />
              ))}
            </td>
            <td>{placeOf(line)}</td>
            <td>{line.by ?? "–"}</td>
            <td>{line.words ? told(line.words) : (line.why ?? "–")}</td>
            <td>{line.n}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function placeOf({ receiver, area }: LogLineView): string {
  if (receiver !== undefined) return picture.value?.receivers.get(receiver)?.name ?? receiver;
  return area === undefined ? "–" : (areas.value.get(area)?.name ?? area);
}
