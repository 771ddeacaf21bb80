/**
 * Báo cáo tháng: hand it in on the 25th without retyping.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { AreaId } from "../../../domain/ids.js";
import type { ReportMonthView } from "../../../server/api/report-views.js";
import { ask } from "../ask.js";
import { now, zone } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { inOrder } from "../pieces/area-choice.js";
import { useFetched } from "../pieces/fetched.js";
import { areas, mayDo } from "../session.js";
import { bilingual, told } from "../words/language.js";
import { localDateOf, plainDate, shortMoment } from "../words/times.js";
import { MonthFigures } from "./figures.js";
import "./report.css";

const words = bilingual(
  {
    title: "Báo cáo tháng",
    scope: "Của",
    whole: "Cả đài",
    month: (month: string) => `Tháng ${month}`,
    period: (from: string, to: string, due: string) => `kỳ ${from} – ${to}, hạn nộp ${due}`,
    look: "Xem số liệu",
    pdf: "PDF để in và ký",
    xlsx: "Bảng tính",
    html: "Trang để in",
    sql: "Câu lệnh đếm lại",
    submit: "Ghi nhận đã nộp",
    submitted: (number: number, by: string, when: string) => `Lần nộp ${number}: ${by}, ${when}`,
    kept: "bản đã nộp",
    none: "Chưa có kỳ báo cáo nào.",
    earlier: "Các kỳ trước",
  },
  {
    title: "Monthly report",
    scope: "Of",
    whole: "The whole station",
    month: (month) => `Month ${month}`,
    period: (from, to, due) => `period ${from} – ${to}, due ${due}`,
    look: "Show the figures",
    pdf: "PDF to print and sign",
    xlsx: "Spreadsheet",
    html: "Page to print",
    sql: "Script to count again",
    submit: "Write down that it was handed in",
    submitted: (number, by, when) => `Submission ${number}: ${by}, ${when}`,
    kept: "as handed in",
    none: "There is no period yet.",
    earlier: "Earlier periods",
  },
);

const fetchMonths = () => ask<readonly ReportMonthView[]>("GET", "/reports");
const FORMS = ["pdf", "xlsx", "html", "sql"] as const;

/** The one that runs, and those that may still have to be handed in. */
const SHOWN = 3;

export default function Report() {
  const say = words();
  const today = localDateOf(now.value, zone.value);
  const mayAll = mayDo("inspect", { areas: "station" }, today);
  const wards = inOrder(areas.value).filter(
    ({ id, kind }) => (kind === "ward" || kind === "test") && mayDo("inspect", { areas: [id] }, today),
  );
  const [chosen, setChosen] = useState<string>();
  const area = chosen ?? (mayAll ? "" : (wards[0]?.id ?? ""));
  const months = useFetched(fetchMonths, [], ["reports"]);
  const all = months.value ?? [];
  const show = (month: ReportMonthView) => (
    <Month key={`${month.month} ${area}`} month={month} area={area} onSubmitted={months.again} />
  );
  return (
    <>
      <h1>{say.title}</h1>
      {months.wrong !== undefined && <p role="alert">{months.wrong}</p>}
      <label class="narrow">
        {say.scope}
        <select value={area} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
          {mayAll && <option value="">{say.whole}</option>}
          {wards.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {months.value?.length === 0 && <p>{say.none}</p>}
      {all.slice(0, SHOWN).map(show)}
      {all.length > SHOWN && (
        <details>
          <summary>{say.earlier}</summary>
          {all.slice(SHOWN).map(show)}
        </details>
      )}
    </>
  );
}

interface MonthProps {
  readonly month: ReportMonthView;
  readonly area: string;
  readonly onSubmitted: () => void;
}

function Month({ month, area, onSubmitted }: MonthProps) {
  const say = words();
  const { busy, wrong, act } = useAct();
  const [isOpen, setIsOpen] = useState(false);
  const query = area === "" ? "" : `?area=${area}`;
  const where = { areas: area === "" ? ("station" as const) : [area as AreaId] };
  const today = localDateOf(now.value, zone.value);
  const maySubmit = (["approve", "configure"] as const).some((one) => mayDo(one, where, today));
  const body = area === "" ? {} : { area };
  const submit = async () => {
    if (await act(() => ask("POST", `/reports/${month.month}/submissions`, { body }))) onSubmitted();
  };
  return (
    <article class="card">
      <h2>
        {say.month(plainDate(month.month))} <small>{told(month.words)}</small>
      </h2>
      <p>{say.period(plainDate(month.from), plainDate(month.to), plainDate(month.dueOn))}</p>
      <p class="buttons">
        {FORMS.map((form) => (
          <a
            key={form}
            href={`/api/v1/reports/${month.month}.${form}${query}`}
            target={form === "html" ? "_blank" : undefined}
            rel="noreferrer"
          >
            {say[form]}
          </a>
        ))}
      </p>
      <ul>
        {month.submissions.map(({ number, by, at }) => (
          <li key={number}>
            {say.submitted(number, by, shortMoment(at, zone.value))} –{" "}
            <a href={`/api/v1/report-submissions/${number}`}>{say.kept}</a>
          </li>
        ))}
      </ul>
      <div class="buttons">
        <button type="button" class="secondary" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {say.look}
        </button>
        {maySubmit && (
          <button type="button" aria-disabled={busy} onClick={submit}>
            {say.submit}
          </button>
        )}
      </div>
      {wrong !== undefined && <p role="alert">{wrong}</p>}
      {isOpen && <MonthFigures month={month.month} query={query} />}
    </article>
  );
}
