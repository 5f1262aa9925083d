import { serve } from "../platform/serve";
import { createInbox } from "./app";

void serve(createInbox);
