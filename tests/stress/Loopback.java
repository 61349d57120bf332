// DynamoDB Local on 127.0.0.1 only and without telemetry: its own program listens on every interface.

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

public class Loopback {
    public static void main(String[] arguments) throws Exception {
        var local = ServerRunner.createServerFromCommandLineArgs(arguments);
        var field = local.getClass().getDeclaredField("server");
        field.setAccessible(true);
        var jetty = (Server) field.get(local);
        ((ServerConnector) jetty.getConnectors()[0]).setHost("127.0.0.1");
        local.safeStart();
        local.join();
    }
}
