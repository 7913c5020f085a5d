package weak

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// The placeholders of templates are recognized in any spelling, and with digits appended.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	for _, text := range strings.Fields(`
		change-me changethis change_it replace-me ReplaceThis fill-me TODO FIXME change-me-in-production
		change-this-in-production change-this-secret change-this-key change-this-secret-key change-me-please
		please-change-me please_change_this replace-with-your-secret replace-with-your-secret-key
		replace-with-a-secret replace-with-a-secure-key replace-with-a-random-secret your-secret your_secret_key
		your-secret-key-here your-secret-here YOUR_KEY_HERE your-key your-super-secret-key your-super-secret
		your-super-secret-jwt-key your-jwt-secret your-jwt-secret-key your-jwt-secret-here
		your-jwt-secret-key-here your-very-secret-key your-very-long-secret-key your-random-secret-key
		your-random-secret your-password your-signing-key your-private-key your-256-bit-secret
		your-384-bit-secret your-512-bit-secret your-access-token-secret insert-your-secret-here
		insert-secret-here put-your-secret-here put-your-secret-key-here enter-secret-here
		enter-your-secret-here my-secret mysecretkey my_super_secret my-super-secret-key my-jwt-secret
		my-jwt-secret-key my-very-secret-key my-secret-token my-key my-password secret secrets secret-key
		secretsecret secret-key-here some-secret some-secret-key this-is-a-secret this-is-a-secret-key
		this-is-my-secret this-is-my-secret-key this-is-a-very-secret-key this-is-a-very-long-secret-key
		this-is-a-super-secret-key not-a-secret not-very-secret no-secret supersecret super-secret-key
		super-secret-password super-secret-jwt-key super-secret-jwt super-secret-token top-secret
		top-secret-key very-secret very-secret-key very-secure very-secure-key very-very-secret
		a-very-secret-key a-secret-key a-very-long-secret-key JWT_SECRET jwt-secret-key jwt-key jwt-signing-key
		jwt-token signing-key signing-secret app-secret APP_SECRET_KEY app-key auth-secret access-token-secret
		refresh-token-secret token-secret session-secret hmac-secret shared-secret client-secret api-secret
		dev-secret dev-secret-key dev-key development-secret development-secret-key test-secret
		test-secret-key test-key testing-secret dummy-secret dummy-key dummy example-secret example-key
		example-secret-key sample-secret default-secret default-secret-key fallback-secret local-secret
		unsafe-secret insecure insecure-secret insecure-secret-key password passphrase passw0rd p4ssw0rd
		admin example test development foobar foo letmein qwerty key token jwt default placeholder none null
		undefined nil keyboard-cat shhhh! shhhhh shhhhhh shhhhshhhh abcdef`) {
		for _, secret := range []string{text, "<" + strings.ToUpper(text) + ">", text + "7", text + "!!_90"} {
			if Placeholder(secret) == "" {
				t.Errorf("%s is none", secret)
			}
		}
	}
}

// A few characters around the words make no difference, nor does what stands between them.
func TestAlmostPlaceholders(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]bool{
		"abc123": true, "ABC-123": true, "xxx0": true, "secaret": false, "seczret": false, "sec0ret": false, "sec9ret": false,
		"[se/cr:et]": true, "{se@cr`et}": true, "secret1234567890": true, "0123456789abcdef0123456789abcdef0123456789abcdef": false,
		"7secret": true, "12": false, "unsafe-hat-hex": true, "hexq": false,
		"qhex": false, "please-change-tomorrow": false, "hs255": false, "!!!": false, "§§§§": false, "": false, "   ": false,
		"s3cr3t": true, "$3cr3t": true, "p@ssw0rd": true, "5up3r53cr37": true, "ch4ng3_m3": true, "p@ss": true,
		"orchard-api-jwt-secret-key": true, "orchard-invoices-jwt-secret": false,
		"secret-abacus-walrus-quartz-lantern": false, "secret-%^&": true,
		// Twelve characters that belong to no word, and thirteen.
		"super-secret-signing-key-for-tokens-wvqzkwvqzkwv": true, "super-secret-signing-key-for-tokens-wvqzkwvqzkwvq": false,
		// A third of all characters, and more.
		"secretwvq": true, "secretwvqz": false,
		"\xffsecret": false, strings.Repeat("secret key, ", 42): true, strings.Repeat("secret key, ", 43): false,
		"ＳＥＣＲＥＴ": true, "Geheimer Schlüssel": true, "geheimer schlüssel": true, "geheimer schluessel": true,
	} {
		if got := Placeholder(secret) == "a placeholder"; got != want {
			t.Errorf("%q: %v, want %v", secret, got, want)
		}
	}
}

// Placeholders as people write them, none of which is in the list of words.
func TestWordings(t *testing.T) {
	t.Parallel()
	for language, texts := range map[string]string{
		"English": `
			your_super_secret_jwt_key_min_32_characters_required
			change-this-to-a-long-random-string
			<generate with openssl rand -hex 32>
			REPLACE_ME_WITH_64_CHARS
			please-set-a-real-one-in-prod
			use_a_strong_random_value_here
			please generate your own key before you deploy this
			MUST_BE_CHANGED_BEFORE_DEPLOYMENT
			not-a-real-secret-only-for-local-development
			ThisSecretMustBeAtLeast32CharactersLong!
			any_long_random_string_of_64_characters
			CHANGE-THIS! VERY IMPORTANT!
			paste-the-output-of-openssl-rand-base64-32-here
			put-something-very-secret-and-very-long-here-2026
			s3cr3t_k3y_th4t_y0u_must_ch4ng3
			MySup3rS3cr3tK3y@1234
			orchard-api-jwt-secret-change-in-production
			billing_service_super_secret_signing_key_2026`,
		"German": `
			Bitte-ändern-Sie-diesen-Schlüssel-vor-dem-Einsatz
			mein_geheimer_schluessel_mindestens_32_zeichen_lang
			HIER_EINE_LANGE_ZUFÄLLIGE_ZEICHENKETTE_EINTRAGEN
			DeinSuperGeheimesPasswort123
			<sicheren zufälligen Wert erzeugen>`,
		"French": `
			votre-clé-secrète-à-changer-en-production
			changez_moi_par_une_chaine_aleatoire_tres_longue
			UneCleSecreteTresLongueEtTresSecurisee
			<mettez ici une valeur aléatoire d'au moins 32 caractères>`,
		"Spanish": `
			cambia-esta-clave-por-una-cadena-aleatoria-muy-larga
			tu_clave_secreta_de_al_menos_32_caracteres
			¡Cámbiame-en-producción!
			<aquí va tu contraseña secreta>`,
		"Portuguese": `
			troque-esta-chave-por-uma-bem-segura-em-produção
			sua_chave_secreta_com_no_mínimo_32_caracteres
			AltereEsteSegredoAntesDoDeploy`,
		"Spanish, short": "tu_clave_muy_segura",
		"Italian": `
			cambia-questa-chiave-con-una-stringa-casuale-molto-lunga
			la_tua_chiave_segreta_qui
			InserisciQuiUnaChiaveSicura`,
		"Polish": `
			zmień-mnie-na-bardzo-długi-losowy-ciąg-znaków
			twój_tajny_klucz_co_najmniej_32_znaki
			WpiszTutajSwojTajnyKlucz`,
		"Turkish": `
			bu-gizli-anahtarı-üretimde-mutlaka-değiştirin
			çok_gizli_anahtarınız_en_az_32_karakter
			BURAYA_GÜÇLÜ_RASTGELE_BİR_ŞİFRE`,
		"Russian": `
			измените-этот-секретный-ключ-в-продакшене
			ваш_очень_длинный_секретный_ключ
			Вставьте сюда случайную строку не менее 32 символов`,
		"Ukrainian": `
			змініть_цей_ключ
			ваш-секретний-ключ`,
		"Czech":      "změňte-tento-tajný-klíč\nnáhodný_řetězec_alespoň_32_znaků_zde",
		"Dutch":      "verander-deze-geheime-sleutel\nvul-hier-een-willekeurige-tekst-in",
		"Swedish":    "byt-ut-denna-hemliga-nyckel\nmin_hemliga_nyckel",
		"Indonesian": "ganti_dengan_kunci_rahasia_anda_yang_panjang",
		"Vietnamese": "thay-đổi-khóa-bí-mật-này",
		"Arabic":     "<مفتاح_سري_عشوائي_قوي>\nغير_هذا_المفتاح",
		"Hebrew":     "המפתח_הסודי_שלך\nסיסמה_סודית",
		"Greek":      "άλλαξε-το-μυστικό-κλειδί",
		"Chinese": `
			请修改此密钥
			请替换为你自己的随机字符串
			你的超级秘密密钥至少32位
			生产环境务必更换
			請更換為隨機字串
			xiugai-ci-miyao`,
		"Japanese": `
			秘密鍵を変更してください
			本番環境では必ず変更してください
			ここに32文字以上のランダムな文字列を入力
			あなたの秘密のキー
			himitsu-no-kagi`,
		"Korean": `
			비밀키를_변경하세요
			여기에_32자_이상의_랜덤한_문자열을_입력하세요
			생성된-비밀번호`,
	} {
		for text := range strings.Lines(strings.TrimSpace(texts)) {
			text = strings.TrimSpace(text)
			for form, secret := range map[string]string{
				"a placeholder": text, "a placeholder in base64": base64.StdEncoding.EncodeToString([]byte(text)),
				"a placeholder in hex": hex.EncodeToString([]byte(text)),
			} {
				if got := Placeholder(secret); got != form {
					t.Errorf("%s: %s, %q is %q", language, text, secret, got)
				}
			}
		}
	}
	if got := Placeholder(base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat("secret?~", 5)))); got != "a placeholder in base64" {
		t.Errorf("in base64url it is %q", got)
	}
}

// Every word counts, whatever stands around it, and is written as texts are folded.
func TestWords(t *testing.T) {
	t.Parallel()
	w := vocabulary()
	seen := map[string]bool{}
	for _, each := range w.list {
		text := wordsText[each.at:][:each.length]
		if folded, _ := fold(text); folded != text {
			t.Errorf("write %s as %s", text, folded)
		}
		if text == "" || strings.ContainsAny(text, "!# \n") {
			t.Errorf("the word %q", text)
		}
		seen[text] = true
		if secret := "unsafe-" + text + "-secret"; Placeholder(secret) != "a placeholder" {
			t.Errorf("%s is none", secret)
		}
		if n := w.unknown(text, 1<<each.language, 9, 9); n > 2 {
			t.Errorf("%s is unknown", text)
		}
		if each.strong && len(text) < 5 {
			t.Errorf("%s is too short to be strong", text)
		}
	}
	if len(wordsText) >= 1<<16 || len(seen) < 2000 || len(w.list) >= 1<<12 {
		t.Errorf("%d words in %d bytes", len(seen), len(wordsText))
	}
}

// Texts that repeat a few characters are patterns, however long they are.
func TestPatterns(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]bool{
		"Kx": false, "KK": true, "KxK": false, "KxKx": true, "KxKxK": true, "KxKxL": false, "Kx9Kx9": true, "Kx9Kx": false,
		"Kx9Kx9Kx": true, "Kx9LKx9": false, "Kx9LKx9LK": true, strings.Repeat("Kx9L", 16): true, strings.Repeat("Kx9L2wQv7T", 4): true,
		strings.Repeat("Kx9L2wQv7Tz", 4): false, strings.Repeat("K", 63) + "L": false, "  " + strings.Repeat("K", 40) + "\n": true,
		"01234567890123456789": true,
	} {
		if got := Placeholder(secret) == "a simple pattern"; got != want {
			t.Errorf("%q: %v, want %v", secret, got, want)
		}
	}
}

// uncommon are words of passphrases.
const uncommon = `
	abacus acorn albatross alpaca amber anvil apricot ardent argyle artichoke asteroid auburn avocado badger bagpipe balcony banjo
	barnacle basil bassoon beacon bellows bicycle birch bison blizzard bobsled bonfire boulder bramble brisket bronze buckle bumblebee burlap
	cabbage cactus candle canyon caramel caribou cashew catapult cedar celery chalk chariot cinnamon clarinet clover cobalt coconut compass
	copper coral cricket crimson crocus cucumber cypress daffodil dagger damson dandelion dolphin donkey drizzle dumpling eagle easel eggplant
	elbow ember falcon feather fennel ferret fiddle finch flamingo flannel flounder fossil fountain foxglove gadget galaxy garlic gazelle
	geyser ginger glacier goblet gondola gosling granite gravel griffin guitar hammock harbor harpoon hazel heron hickory hornet hyacinth
	iceberg iguana indigo ivory jackal jasmine jigsaw juniper kayak kettle kumquat lagoon lantern lavender lemur lichen lilac lobster lupine
	magnet mahogany mandolin maple marble marmalade meadow melon mermaid mitten molasses mongoose mustard narwhal nectar nettle nickel nutmeg
	oboe octopus olive onyx orchid osprey otter oyster paprika parsley peacock pebble pelican pepper petunia pigeon pistachio plum poplar
	porcupine pretzel puffin pumpkin quartz quiver raccoon radish raisin rapier raven rhubarb rosemary saffron salmon sapphire satchel
	scallop seagull sequoia shamrock sparrow spinach squid sundial tadpole tangerine tapir teapot thimble thistle toboggan topaz tortoise
	trellis trombone trumpet tulip turnip turquoise umbrella urchin vanilla velvet violet vulture waffle walnut walrus weasel whistle
	willow wombat yodel yonder zebra zeppelin zinnia zucchini`

// Random secrets are never called placeholders, in whatever form they are written.
func TestRandomSecrets(t *testing.T) {
	t.Parallel()
	var seed [32]byte
	copy(seed[:], "twenty thousand random secrets")
	source := rand.NewChaCha8(seed)
	random := rand.New(source)
	from := func(alphabet string, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = alphabet[random.IntN(len(alphabet))]
		}
		return string(b)
	}
	dictionary := strings.Fields(uncommon)
	w := vocabulary()
	for range 2000 {
		raw := make([]byte, 32)
		_, _ = source.Read(raw)
		words := make([]string, 5+random.IntN(4))
		for i := range words {
			words[i] = dictionary[random.IntN(len(dictionary))]
		}
		for _, secret := range []string{
			base64.StdEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw), hex.EncodeToString(raw), hex.EncodeToString(raw[:16]),
			strings.ToUpper(hex.EncodeToString(raw)), from("abcdefghijklmnopqrstuvwxyz", 32), from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 32),
			from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*", 24),
			strings.Join(words, "-"), strings.Join(words, " ") + " 7", strings.Join(words, ""),
			fmt.Sprintf("%x-%x-%x", raw[:4], raw[4:6], raw[6:16]),
			string(raw),
		} {
			if what := w.placeholder(secret); what != "" {
				t.Fatalf("%q is %s", secret, what)
			}
			if where := PublishedBy(secret); where != "" {
				t.Fatalf("%q is %s", secret, where)
			}
		}
	}
}

func BenchmarkPlaceholder(b *testing.B) {
	for b.Loop() {
		Placeholder("q7Xo0e1sJmXZ0t4f3lU9yVYb0mG6cK2pWn8dRtE5aHs")
	}
}
