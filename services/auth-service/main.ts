import { serve } from "../platform/serve";
import { createAuthService } from "./app";

void serve(createAuthService);
