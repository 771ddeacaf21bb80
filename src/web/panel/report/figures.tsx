/**
 * The figures of a month, with bars where a person would rather look than read.
 *
 * @module
 */
import { reasonOrCode } from "../../../domain/reason-words.js";
import { stateWords } from "../../../domain/result-words.js";
import type { ReportView } from "../../../server/api/report-views.js";
import { ask } from "../ask.js";
import { useFetched } from "../pieces/fetched.js";
import { bilingual, told } from "../words/language.js";
import { length } from "../words/times.js";

const words = bilingual(
  {
    loading: "Đang đếm…",
    totals: (airings: number, sessions: number, long: string) => `${airings} lượt phát, ${sessions} buổi, ${long}`,
    coverage: (played: number, due: number) => `${played}/${due} lượt ở loa đã phát`,
    good: (share: string) => `tin vui ${share}`,
    units: "Thời gian phát của từng phường",
    unit: "Phường",
    time: "Thời gian",
    misses: "Không phát, vì",
    miss: (why: string, times: number) => `${why}: ${times} lượt`,
  },
  {
    loading: "Counting…",
    totals: (airings, sessions, long) => `${airings} airings, ${sessions} sessions, ${long}`,
    coverage: (played, due) => `${played}/${due} soundings at loudspeakers`,
    good: (share) => `good news ${share}`,
    units: "Airtime of each ward",
    unit: "Ward",
    time: "Time",
    misses: "Not sounded, because",
    miss: (why, times) => `${why}: ${times} times`,
  },
);

export function MonthFigures({ month, query }: { readonly month: string; readonly query: string }) {
  const say = words();
  const report = useFetched(() => ask<ReportView>("GET", `/reports/${month}${query}`), [month, query], ["reports"]);
  if (report.wrong !== undefined) return <p role="alert">{report.wrong}</p>;
  if (!report.value) return <p aria-busy="true">{say.loading}</p>;
  const { total, units } = report.value;
  const most = Math.max(1, ...units.map(({ ms }) => ms));
  const share = total.ms === 0 ? "–" : `${Math.round((total.goodMs / total.ms) * 100)} %`;
  return (
    <>
      <p>
        <strong>{say.totals(total.airings, total.sessions, length(total.ms))}</strong>;{" "}
        {say.coverage(total.coverage.played, total.coverage.due)}; {say.good(share)}.
      </p>
      <table>
        <caption>{say.units}</caption>
        <thead>
          <tr>
            <th scope="col">{say.unit}</th>
            <th scope="col">{say.time}</th>
          </tr>
        </thead>
        <tbody>
          {units.map(({ unit, name, ms }) => (
            <tr key={unit}>
              <th scope="row">{name || "–"}</th>
              <td>
                <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(ms / most) * 100} height="4" />
                </svg>
                {length(ms)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total.misses.length > 0 && (
        <>
          <h3>{say.misses}</h3>
          <ul>
            {total.misses.map(({ state, why, times }) => (
              <li key={`${state} ${why}`}>
                {say.miss(told(why === "" ? stateWords(state) : reasonOrCode("sound", why)), times)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
