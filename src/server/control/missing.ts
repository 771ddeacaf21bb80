/**
 * How it is said that something is not there.
 *
 * @module
 */
import { Fault } from "../../base/errors.js";

/** @param vi behind `Không có`; @param en behind `There is no` */
export const missing = (vi: string, en: string): Fault =>
  new Fault("not-found", { vi: `Không có ${vi}.`, en: `There is no ${en}.` });
