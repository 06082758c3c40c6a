import "server-only";
/** Every workflow there is: a process that executes runs must know them all before it launches. One import per file. */
import "./agent-run";
import "./digest";
import "./exit-preparation";
import "./growth-cycle";
import "./impediment";
import "./initiative";
import "./look";
import "./memo";
import "./outbound";
import "./reversal";
import "./room-text";
import "./stage";
import "./value-realization";
import "./watch";
import "./weekly-report";
