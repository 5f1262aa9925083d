import { serve } from "../platform/serve";
import { createProductService } from "./app";

void serve(createProductService);
