import { serve } from "../platform/serve";
import { createOrderService } from "./app";

void serve(createOrderService);
