/**
 * Gives the station and its first ward their names; they hold after a start, which can be brought about here.
 *
 * @module
 */
import { useState } from "preact/hooks";
import type { SettingsView } from "../../../server/api/settings-routes.js";
import { askKept, type Kept } from "../ask.js";
import { picture } from "../live/line.js";
import { useAct } from "../pieces/act.js";
import { useFetched } from "../pieces/fetched.js";
import { areas } from "../session.js";
import { RestartPart } from "../settings/restart-part.js";
import { isNamed } from "./steps.js";
import { words } from "./words.js";

const fetchSettings = () => askKept<SettingsView>("GET", "/settings");

export function NameStep() {
  const say = words();
  const read = useFetched(fetchSettings, []);
  const [kept, setKept] = useState<Kept<SettingsView>>();
  const name = picture.value?.station.name ?? "";
  const ward = [...areas.value.values()].find(({ kind }) => kind === "ward");
  const [station, setStation] = useState(isNamed(name) ? name : "");
  const [called, setCalled] = useState(ward && isNamed(ward.name) ? ward.name : "");
  const { busy, wrong, act } = useAct();
  const settings = kept ?? read.value;
  const save = async (event: Event) => {
    event.preventDefault();
    if (!settings) return;
    await act(async () => {
      const body = { "station.name": station.trim() };
      const first = await askKept<SettingsView>("PATCH", "/settings", { body, revision: settings.revision });
      setKept(first);
      if (!ward) return;
      const { id, ...place } = ward;
      const wishes = { body: { ...place, name: called.trim() }, revision: first.revision };
      setKept(await askKept<SettingsView>("PUT", `/settings/areas/${id}`, wishes));
    });
  };
  return (
    <form class="narrow" onSubmit={(event) => void save(event)}>
      <label>
        {say.station}
        <input
          required
          maxLength={120}
          value={station}
          onInput={({ currentTarget }) => setStation(currentTarget.value)}
        />
      </label>
      {ward && (
        <label>
          {say.ward}
          <input
            required
            maxLength={120}
            value={called}
            onInput={({ currentTarget }) => setCalled(currentTarget.value)}
          />
        </label>
      )}
      {(wrong ?? read.wrong) && <p role="alert">{wrong ?? read.wrong}</p>}
      <button type="submit" disabled={!settings} aria-busy={busy}>
        {say.save}
      </button>
      {settings && (
        <RestartPart
          settings={settings.value}
          onBack={() => {
            setKept(undefined);
            read.again();
          }}
        />
      )}
    </form>
  );
}
