"""What the 87 Meeting Guide codes are called, in nine languages.

The names come from the `code4recovery/spec` repository, under the MIT licence:
Copyright (c) Code for Recovery. Permission is granted, free of charge, to use, copy, modify, publish and
distribute it, provided that this notice stays with it; it comes as it is, without warranty of any kind.
"""

# language -> "code name; code name; ...". A code is all before the first blank.
_NAMES = {
    "en": """
        11 11th Step Meditation; 12x12 12 Steps & 12 Traditions; A Secular; ABSI As Bill Sees It;
        AF Afrikaans; AL Concurrent with Alateen; AL-AN Concurrent with Al-Anon; AM Amharic; AR Arabic;
        ASL American Sign Language; B Big Book; BA Babysitting Available; BE Newcomer; BG Bulgarian;
        BI Bisexual; BRK Breakfast; C Closed; CAN Candlelight; CF Child-Friendly; D Discussion; DA Danish;
        DB Digital Basket; DD Dual Diagnosis; DE German; DR Daily Reflections; EL Greek; EN English;
        FA Persian; FI Finnish; FF Fragrance Free; FR French; G Gay; GR Grapevine; H Birthday; HE Hebrew;
        HI Hindi; HR Croatian; HU Hungarian; IS Icelandic; ITA Italian; JA Japanese; KA Georgian;
        KOR Korean; L Lesbian; LGBTQ LGBTQ; LIT Literature; LS Living Sober; LT Lithuanian; M Men;
        MED Meditation; ML Malayalam; MT Maltese; N Native American; NB Non-Binary; NDG Indigenous;
        NE Nepali; NL Dutch; NO Norwegian; O Open; OUT Outdoor; P Professionals; POA Proof of Attendance;
        POC People of Color; POL Polish; POR Portuguese; PUN Punjabi; RUS Russian; S Spanish; SEN Seniors;
        SK Slovak; SL Slovenian; SM Smoking Permitted; SP Speaker; ST Step Study; SV Swedish;
        T Transgender; TC Location Temporarily Closed; TH Thai; TL Tagalog; TR Tradition Study;
        TUR Turkish; UK Ukrainian; W Women; X Wheelchair Access; XB Wheelchair-Accessible Bathroom;
        XT Cross Talk Permitted; Y Young People
        """,
    "es": """
        11 Meditación del Paso 11; 12x12 12 Pasos y 12 Tradiciones; A Secular; ABSI Como lo ve Bill;
        AF Afrikáans; AL Concurrente con Alateen; AL-AN Concurrente con Al-Anon; AM Amárico; AR Árabe;
        ASL Lenguaje por señas; B Libro Grande; BA Guardería disponible; BE Principiantes; BG Búlgaro;
        BI Bisexual; BRK Desayuno; C Cerrada; CAN Luz de una vela; CF Niño amigable; D Discusión; DA Danés;
        DB Canasta digital; DD Diagnóstico dual; DE Alemán; DR Reflexiones Diarias; EL Griego; EN Inglés;
        FA Persa; FI Finlandés; FF Sin fragancia; FR Francés; G Gay; GR La Viña; H Cumpleaños; HE Hebreo;
        HI Hindi; HR Croata; HU Húngaro; IS Islandés; ITA Italiano; JA Japonés; KA Georgiano; KOR Coreano;
        L Lesbiana; LGBTQ LGBTQ; LIT Literatura; LS Viviendo Sobrio; LT Lituano; M Hombres; MED Meditación;
        ML Malayalam; MT Maltés; N Nativo Americano; NB No binario; NDG Indígena; NE Nepalí; NL Holandés;
        NO Noruego; O Abierta; OUT Al aire libre; P Profesionales; POA Prueba de Asistencia;
        POC Gente de color; POL Polaco; POR Portugués; PUN Punjabi; RUS Ruso; S Español;
        SEN Personas mayores; SK Eslovaco; SL Esloveno; SM Se permite fumar; SP Orador;
        ST Estudio de pasos; SV Sueco; T Transgénero; TC Ubicación temporalmente cerrada; TH Tailandés;
        TL Tagalo; TR Estudio de tradicion; TUR Turco; UK Ucraniano; W Mujeres;
        X Acceso en silla de ruedas; XB Baño accesible para sillas de ruedas; XT Se permite opinar;
        Y Gente joven
        """,
    "fr": """
        11 Méditation sur la 11e Étape; 12x12 12 Étapes et 12 Traditions; A Séculier;
        ABSI Réflexions de Bill; AF Afrikaans; AL En même temps qu’Alateen; AL-AN En même temps qu’Al-Anon;
        AM Amharique; AR Arabe; ASL Langage des Signes; B Gros Livre; BA Garderie d’enfants disponible;
        BE Nouveau/nouvelle; BG Bulgare; BI Bisexuel; BRK Petit déjeuner; C Fermé; CAN À la chandelle;
        CF Enfants acceptés; D Discussion; DA Danois; DB Panier numérique; DD Double diagnostic;
        DE Allemand; DR Réflexions quotidiennes; EL Grec; EN Anglais; FA Persan; FI Finlandais;
        FF Sans parfum; FR Français; G Gai; GR La Vigne; H Anniversaire; HE Hébreu; HI Hindi; HR Croate;
        HU Hongrois; IS Islandais; ITA Italien; JA Japonais; KA Géorgien; KOR Coréen; L Lesbienne;
        LGBTQ LGBTQ; LIT Publications; LS Vivre… Sans alcool; LT Lituanien; M Hommes; MED Méditation;
        ML Malayalam; MT Maltais; N Autochtone; NB Non binaire; NDG Indigène; NE Népalais; NL Néerlandais;
        NO Norvégien; O Ouvert(e); OUT En plein air; P Professionnels; POA Preuve de Présence;
        POC Gens de couleur; POL Polonais; POR Portugais; PUN Pendjabi; RUS Russe; S Espagnol; SEN Séniors;
        SK Slovaque; SL Slovène; SM Permis de fumer; SP Conférencier; ST Sur les Étapes; SV Suédois;
        T Transgenre; TC Emplacement temporairement fermé; TH Thaï; TL Tagalog; TR Étude des Traditions;
        TUR Turc; UK Ukrainien; W Femmes; X Accès aux fauteuils roulants;
        XB Toilettes accessibles aux fauteuils roulants; XT Conversation croisée permise; Y Jeunes
        """,
    "ja": """
        11 ステップ11 黙想; 12x12 12のステップと12の伝統; A 無宗教; ABSI ビルはこう思う;
        AF アフリカーンス語; AL アラティーンと同時進行; AL-AN アラノンと同時進行; AM アムハラ語;
        AR アラビア語; ASL アメリカ手話; B ビッグブック; BA ベビーシッターあり; BE ビギナーズ;
        BG ブルガリア語; BI バイセクシャル; BRK 朝食; C クローズド; CAN キャンドル; CF お子さま歓迎;
        D ディスカッション; DA デンマーク語; DB 電子献金; DD 重複診断; DE ドイツ語; DR 今日を新たに;
        EL ギリシャ語; EN 英語; FA ペルシア語; FI フィンランド語; FF 香水なし; FR フランス語; G ゲイ;
        GR グレープバイン; H バースデー; HE ヘブライ語; HI ヒンディー語; HR クロアチア語;
        HU ハンガリー語; IS アイスランド語; ITA イタリア語; JA 日本語; KA ジョージア語; KOR 韓国語;
        L レズビアン; LGBTQ LGBTQ; LIT 書籍; LS リビングソーバー; LT リトアニア語; M 男性; MED 黙想;
        ML マラヤーラム語; MT マルタ語; N ネイティブアメリカン; NB ノンバイナリー; NDG 先住民;
        NE ネパール語; NL オランダ語; NO ノルウェー語; O オープン; OUT アウトドア; P 職業人;
        POA 出席証明; POC 有色人種; POL ポーランド語; POR ポルトガル語; PUN パンジャブ語; RUS ロシア語;
        S スペイン語; SEN シニア; SK スロバキア語; SL スロベニア語; SM 喫煙可; SP スピーカー;
        ST ステップ; SV スウェーデン語; T トランスジェンダー; TC 一時的休止中; TH タイ語; TL タガログ語;
        TR 伝統; TUR トルコ語; UK ウクライナ語; W 女性; X 車いすアクセス; XB 車いす使用者用トイレ;
        XT クロストーク可能; Y ヤング
        """,
    "nl": """
        11 Stap 11 meditatie; 12x12 12 Stappen en 12 Tradities; A Seculier; ABSI Zoals Bill het ziet;
        AF Afrikaans; AL Gelijktijdig met Alateen; AL-AN Gelijktijdig met Al-Anon; AM Amhaars; AR Arabisch;
        ASL Amerikaanse gebaren taal; B Big Book; BA Kinderopvang aanwezig; BE Nieuwkomer; BG Bulgaars;
        BI Biseksueel; BRK Ontbijt; C Gesloten; CAN Candlelight; CF Kindvriendelijk; D Discussie; DA Deens;
        DB Digitale mand; DD Dubbele diagnose; DE Duits; DR Dagelijkse weerspiegelingen; EL Grieks;
        EN Engels; FA Perzisch; FI Fins; FF Geen parfum; FR Frans; G Homo; GR Wijnstok; H Verjaardag;
        HE Hebreeuws; HI Hindi; HR Kroatisch; HU Hongaars; IS IJslands; ITA Italiaans; JA Japans;
        KA Georgisch; KOR Koreaans; L Lesbisch; LGBTQ LGBTQ; LIT Literatuur; LS Sober leven; LT Litouws;
        M Mannen; MED Meditatie; ML Malayalam; MT Maltees; N Indiaan; NB Niet-binair; NDG Inheems;
        NE Nepalees; NL Nederlands; NO Noors; O Open; OUT Buiten; P Professionals;
        POA Bewijs van Aanwezigheid; POC Mensen van kleur; POL Pools; POR Portugees; PUN Punjabi;
        RUS Russisch; S Spaans; SEN Senioren; SK Slowaaks; SL Sloveens; SM Roken toegestaan; SP Spreker;
        ST Stap studie; SV Zweeds; T Transgender; TC Locatie tijdelijk gesloten; TH Thais; TL Tagalog;
        TR Traditie Studie; TUR Turks; UK Oekraïens; W Vrouwen; X Toegankelijk voor rolstoelgebruikers;
        XB Rolstoeltoegankelijke badkamer; XT Cross-sharen toegestaan; Y Jongeren
        """,
    "pt": """
        11 Meditação do 11º Passo; 12x12 12 Passos e 12 Tradições; A Secular; ABSI Na opinião de Bill;
        AF Afrikaans; AL Em simultâneo com Alateen; AL-AN Em simultâneo com Al-Anon; AM Amárico; AR Árabe;
        ASL Língua Gestual Americana; B Livro Azul; BA Babysitting disponível; BE Recém-chegados;
        BG Búlgaro; BI Bisexual; BRK Pequeno-Almoço; C Fechada; CAN Luz de Velas;
        CF Amigável para Crianças; D Discussão; DA Dinamarquês; DB Cesto Digital; DD Duplo Diagnóstico;
        DE Alemão; DR Reflexões Diárias; EL Grego; EN Inglês; FA Persa; FI Finlandês; FF Sem Perfumes;
        FR Francês; G Gay; GR Grapevine; H Aniversário; HE Hebreu; HI Hindi; HR Croata; HU Hungaro;
        IS Islandês; ITA Italiano; JA Japonês; KA Georgiano; KOR Coreano; L Lésbica; LGBTQ LGBTQ;
        LIT Literatura; LS Viver Sóbrio; LT Lituano; M Homens; MED Meditação; ML Malaiala; MT Maltês;
        N Nativo Americano; NB Não binário; NDG Indígena; NE Nepalês; NL Holandês; NO Norueguês; O Aberta;
        OUT Ao ar livre; P Profissionais; POA Comprovante de Presença; POC Pessoas de Côr; POL Polaco;
        POR Português; PUN Punjabi; RUS Russo; S Espanhol; SEN Séniores; SK Eslovaco; SL Esloveno;
        SM Permitido Fumar; SP Partilhador; ST Estudo de Passos; SV Sueco; T Transgénero;
        TC Local Temporáriamente Encerrado; TH Tailandês; TL Tagalo; TR Estudo de Tradições; TUR Turco;
        UK Ucraniano; W Mulheres; X Acesso a Cadeiras de Rodas; XB WC com Acesso a Cadeiras de Rodas;
        XT Prtilhas Cruzadas Permitidas; Y Jovens
        """,
    "sk": """
        11 Meditácia 11. kroku; 12x12 12 Krokov & 12 Tradícií; A Svetské; ABSI Ako to vidí Bill;
        AF Afrikánčina; AL Súbežne s Alateen; AL-AN Súbežne s Al-Anon; AM Amharčina; AR Arabské;
        ASL Americký posunkový jazyk; B Veľká Kniha; BA Dostupné opatrovanie detí; BE Nováčikovia;
        BG Bulharské; BI Bisexuálne; BRK Raňajky; C Uzatvorené; CAN Sviečky; CF Priateľský k deťom;
        D Diskusia; DA Dánsky; DB Digitálny košík; DD Duálna diagnóza; DE Nemecké; DR Denné úvahy;
        EL Grécke; EN Anglické; FA Perzské; FI Fínčina; FF Bez vône; FR Francúzsky; G Gay; GR Grapevine;
        H Narodeniny; HE Hebrejské; HI Hindi; HR Chorvátsky; HU Maďarské; IS Islanské; ITA Taliansky;
        JA Japonské; KA Gruzínske; KOR Kórejske; L Lesbické; LGBTQ LGBTQ; LIT Literatúra; LS Triezvy život;
        LT Litovské; M Muži; MED Meditácia; ML Malajálamsky; MT Maltézske; N Domorodí Američania;
        NB Nebinárne; NDG Domorodé; NE Nepálsky; NL Holandské; NO Nórsky; O Otvorené; OUT Vonkajšie;
        P Profesionáli; POA Doklad o účasti; POC Farební ľudia; POL Poľské; POR Portugalské;
        PUN Pandžábske; RUS Ruské; S Španielské; SEN Seniori; SK Slovenské; SL Slovinské;
        SM Fajčenie povolené; SP Spíker; ST Štúdium Krokov; SV Švédske; T Transgender;
        TC Miesto dočasne zatvorené; TH Thajské; TL Tagalské; TR Tradičné štúdium; TUR Turecký;
        UK Ukrajinské; W Ženy; X Prístup pre vozíčkarov; XB Bezbariérová kúpeľňa; XT Cross Talk povolený;
        Y Mladí ľudia
        """,
    "sv": """
        11 11th Stegs Meditation; 12x12 12 Steg & 12 Traditioner; A Sekulärt; ABSI Som Bill Ser Det;
        AF Afrikaans; AL Tillsammans med Alateen; AL-AN Tillsammans med Al-Anon; AM Amhariska; AR Arabiska;
        ASL Amerikanskt teckenspråk; B Stora Boken; BA Barnvakt Finns; BE Nykomling; BG Bulgariska;
        BI Bisexuellt; BRK Frukost; C Slutet; CAN Tända Ljus; CF Barnvänligt; D Diskussion; DA Danska;
        DB Digital Korg; DD Dubbel Diagnos; DE Tyska; DR Dagliga Reflektioner; EL Grekiska; EN Engelska;
        FA Persiska; FI Finska; FF Parfym Fritt; FR Franska; G Gay; GR Grapevine; H Födelsedag;
        HE Hebreiska; HI Hindi; HR Kroatiska; HU Ungerska; IS Isländska; ITA Italienska; JA Japanska;
        KA Georgiska; KOR Koreanska; L Lesbiskt; LGBTQ HBTQ; LIT Litteratur; LS Leva Nyktert; LT Litauiska;
        M Mansmöte; MED Meditationsmöte; ML Malayalam; MT Maltesiska; N Ur-amerikanskt; NB Icke-binär;
        NDG Urfolkligt; NE Nepali; NL Holländska; NO Norska; O Öppet; OUT Utomhus; P Professionella;
        POA Närvarobevis; POC Färgade; POL Polska; POR Portugisiska; PUN Punjabi; RUS Ryska; S Spanska;
        SEN Seniorer; SK Slovakiska; SL Slovenska; SM Rökning Tillåten; SP Talare; ST Stegmöte; SV Svenska;
        T Transpersoner; TC Tillfälligt Stängt; TH Thailändska; TL Tagalog; TR Traditionsmöte;
        TUR Turkiska; UK Ukrainska; W Kvinnomöte; X Handikappanpassat; XB Handikappanpassad WC;
        XT Kommentarer Tilltåtna; Y Young People
        """,
    "th": """
        11 การทำสมาธิตามขั้นตอนที่ 11; 12x12 ขั้นตอนทั้งสิบสองและธรรมเนียมทั้งสิบสอง;
        A ไม่เกี่ยวข้องกับศาสนา; ABSI ในมุมมองของบิล; AF แอฟริกานส์; AL ควบคู่กับ Alateen;
        AL-AN ควบคู่กับ Al-Anon; AM อัมฮาริก; AR อาหรับ; ASL ภาษามืออเมริกัน;
        B หนังสือบิ๊กบุ๊คหรือหนังสือกลุ่มผู้ติดสุรานิรนาม; BA มีบริการดูแลเด็ก; BE สมาชิกใหม่;
        BG บัลแกเรีย; BI รักสองเพศ; BRK อาหารเช้า; C ปิด; CAN แสงเทียน; CF ยินดีต้อนรับเด็ก; D การแบ่งปัน;
        DA เดนมาร์ก; DB บริจาคออนไลน์; DD โรคร่วม (สุขภาพจิตและการเสพติด); DE เยอรมัน; DR ข้อคิดประจำวัน;
        EL กรีก; EN อังกฤษ; FA เปอร์เซีย; FI ฟินแลนด์; FF ปราศจากน้ำหอม; FR ฝรั่งเศส; G เกย์; GR เกรปไวน์;
        H วันครบรอบการไม่เมา; HE ฮีบรู; HI ฮินดี; HR โครเอเชีย; HU ฮังการี; IS ไอซ์แลนด์; ITA อิตาลี;
        JA ญี่ปุ่น; KA จอร์เจีย; KOR เกาหลี; L เลสเบียน; LGBTQ กลุ่มผู้มีความหลากหลายทางเพศ (LGBTQ+);
        LIT วรรณกรรมของเอเอ; LS ชีวิตที่ใม่เมา; LT ลิทัวเนีย; M ผู้ชาย; MED สมาธิ; ML มาลายาลัม; MT มอลตา;
        N ชนพื้นเมืองอเมริกัน; NB ไม่ระบุเพศ; NDG ชนพื้นเมือง; NE เนปาล; NL ดัตช์; NO นอร์เวย์; O เปิด;
        OUT กลางแจ้ง; P ผู้ประกอบวิชาชีพ; POA หลักฐานการเข้าประชุม; POC ชนกลุ่มน้อย; POL โปแลนด์;
        POR โปรตุเกส; PUN ปัญจาบ; RUS รัสเซีย; S สเปน; SEN ผู้สูงอายุ; SK สโลวัก; SL สโลวีเนีย;
        SM สูบบุหรี่ได; SP ผู้พูด; ST การศึกษา 12 ขั้นตอน; SV สวีเดน; T คนข้ามเพศ; TC ปิดชั่วคราว; TH ไทย;
        TL ตากาล็อก; TR การศึกษา 12 ธรรมเนียม; TUR ตุรกี; UK ยูเครน; W ผู้หญิง; X รองรับรถเข็น;
        XB ห้องน้ำสำหรับผู้ใช้รถเข็น; XT โต้ตอบได้; Y เยาวชน
        """,
}


def _by_code() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = {}
    for language, text in _NAMES.items():
        for entry in text.split(";"):
            code, _, name = " ".join(entry.split()).partition(" ")
            names.setdefault(code, {})[language] = name
    return names


NAMES: dict[str, dict[str, str]] = _by_code()
"""{Meeting Guide code: {language: name}}."""
