package io.github.redislua.test.slice;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.redislua.test.LocalRedis;
import io.github.redislua.test.LocalRedisCluster;
import io.github.redislua.test.LuaScriptTest;

import static org.assertj.core.api.Assertions.assertThat;

@LuaScriptTest
@DirtiesContext
class LuaScriptTestOwnServerTests {

	private static final LocalRedisCluster cluster = LocalRedisCluster.start(1, 0);

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("spring.data.redis.cluster.nodes", cluster::getSeedNodes);
	}

	@AfterAll
	static void close() {
		cluster.close();
	}

	@Test
	void takesTheServerTheTestBrings(@Autowired StringRedisTemplate template, @Autowired ApplicationContext context) {
		assertThat(context.getBeanNamesForType(LocalRedis.class)).isEmpty();
		template.opsForValue().set("own", "cluster");
		assertThat(cluster.masterOf("own").execute("GET", "own")).isEqualTo("cluster");
	}

}
