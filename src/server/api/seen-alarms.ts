/**
 * Troubles and dangers as one caller sees them: alarms, repairs and complaints at the loudspeakers of their places, alerts,
 * packs and campaigns that are heard there.
 *
 * @module
 */
import type { Person } from "../../domain/person.js";
import type { ComplaintView, RepairView } from "./care-views.js";
import type { ControlVerbs } from "./control-verbs.js";
import { type Lens, notHere, onlyIf } from "./lens.js";

/** @param person who recorded what still names no loudspeaker, and so may call back whoever complained */
export function narrowAlarms(control: ControlVerbs, lens: Lens, person: Person) {
  /** Of a loudspeaker that is gone, those see it who have the place where it stood. */
  const atReceiver = ({ receiver, area }: RepairView) =>
    control.standing(receiver) === undefined ? lens.inSight(area) : lens.receiver(receiver);
  /** While nobody knows which loudspeaker is meant, every ward may recognise its own, without whom to call back. */
  const complaint = <T extends ComplaintView>(one: T): T | undefined => {
    if (one.receiver !== undefined) return lens.inSight(one.area) ? one : undefined;
    if (one.recordedBy === person.name) return one;
    const { contact: _contact, ...rest } = one;
    return rest as T;
  };
  return {
    alarms: () => control.alarms().filter(({ area }) => lens.inSight(area)),
    repairs: (query) => control.repairs(query).filter(atReceiver),
    complaints: (query) => control.complaints(query).flatMap((one) => complaint(one) ?? []),
    async complaint(number) {
      const found = complaint(await control.complaint(number));
      if (found === undefined) throw notHere();
      return found;
    },
    silentFor: (query) => control.silentFor(query).filter(({ area }) => lens.inSight(area)),
    alerts: () => control.alerts().flatMap((one) => lens.alert(one) ?? []),
    alert: (id) => {
      const shown = lens.alert(
        onlyIf(
          () => control.alert(id),
          () => true,
        ),
      );
      if (shown === undefined) throw notHere();
      return shown;
    },
    emergencyPacks: () => control.emergencyPacks().filter(({ value }) => lens.targeted(value.targets)),
    emergencyPack: (id) =>
      onlyIf(
        () => control.emergencyPack(id),
        ({ value }) => lens.targeted(value.targets),
      ),
    campaigns: () => control.campaigns().filter(({ targets }) => lens.targeted(targets)),
    campaign: (id) =>
      onlyIf(
        () => control.campaign(id),
        ({ targets }) => lens.targeted(targets),
      ),
  } satisfies Partial<ControlVerbs>;
}
