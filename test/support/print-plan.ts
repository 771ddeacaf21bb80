import { plan } from "../../src/domain/plan.js";
import { aCity } from "../bench/planning.js";

/** A program of its own: prints the plan of a small city, to be run under different zones of the process. */
process.stdout.write(JSON.stringify(plan(aCity({ receivers: 20, schedules: 30 })).lines));
