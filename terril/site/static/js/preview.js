/* In a preview, tables of lines grow as they do for an applicant. */
import { bindLines } from "./lines.js";

bindLines(document);
